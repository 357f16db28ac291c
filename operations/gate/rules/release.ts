import { type Check, NotTried } from "../../command/check.ts";
import type { GateContext } from "../context.ts";

/** What has to be in order before anything is released. */
export const releaseRules: readonly Check<GateContext>[] = [
  {
    id: "red-doctor",
    severity: "error",
    what: "The doctor finds no error.",
    why: "What the doctor finds stops a deployment half way, or lets it end in an outage.",
    fix: "mend what the doctor names: mam doctor <environment>",
    look: ({ doctor }) => {
      if (!doctor) throw new NotTried("the doctor was not asked: mam deploy asks it");
      return doctor.findings
        .filter(({ severity }) => severity === "error")
        .map(({ resource, expected, found, fix }) => ({ resource, expected, found, fix }));
    },
  },
];
