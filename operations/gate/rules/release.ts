import { type Check, CheckSkipped } from "../../context/check.ts";
import { lookAtFiles, olderFiles } from "../../older-files/older-files.ts";
import type { GateContext } from "../context.ts";

/** What has to be in order before anything is released. */
export const releaseRules: readonly Check<GateContext>[] = [
  {
    ...olderFiles,
    // Plans that change nothing bring nothing back, whatever they were made from. Before there is any, files are looked at.
    run: ({ planned, ...context }) => {
      const changesNothing = planned.length > 0 && !planned.some(({ saved }) => saved.changes);
      return changesNothing ? [] : lookAtFiles(context, context.past);
    },
  },
  {
    id: "red-doctor",
    severity: "error",
    what: "The doctor finds no error.",
    why: "What the doctor finds stops a deployment half way, or lets it end in an outage.",
    fix: "mend what the doctor names: mam doctor <environment>",
    run: ({ doctor }) => {
      if (!doctor) throw new CheckSkipped("the doctor was not asked: mam deploy asks it");
      // A rule of its own, so that a reason for it does not let the others pass.
      return doctor.findings
        .filter(({ severity, id }) => severity === "error" && id !== olderFiles.id)
        .map(({ resource, expected, found, fix }) => ({ resource, expected, found, fix }));
    },
  },
];
