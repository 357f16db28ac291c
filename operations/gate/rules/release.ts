import { z } from "zod";

import { type Check, NotTried } from "../../command/check.ts";
import { isCiphertext } from "../../plan/noise.ts";
import type { GateContext } from "../context.ts";
import { plannedResources } from "../planned.ts";

const component = z.looseObject({
  name: z.string(),
  env: z
    .array(
      z.looseObject({
        key: z.string(),
        type: z.string().nullish(),
        value: z.string().nullish(),
      }),
    )
    .default([]),
});

const appSchema = z.looseObject({
  spec: z.tuple([
    z.looseObject({
      service: z.array(component).default([]),
      worker: z.array(component).default([]),
      job: z.array(component).default([]),
    }),
  ]),
});

/** What has to be in order before anything is released. */
export const releaseRules: readonly Check<GateContext>[] = [
  {
    id: "unsealed-secret",
    severity: "error",
    what: "In CI, no secret of a standing app is sent in clear.",
    why: "A secret that is not sealed stands in the saved plan and in the state in clear, and redeploys the app on every apply.",
    fix: "on your own machine: mam secrets seal <environment>, then commit the sealed file",
    look: (context) => {
      if (!context.unattended) {
        throw new NotTried("somebody is there: a person may send a new secret");
      }
      const { name } = context.environment.config;
      const fix = `on your own machine: mam secrets seal ${name}, then commit environments/${name}.sealed.json`;
      // Before there is an app, nothing can be sealed.
      return plannedResources(context, ["digitalocean_app"])
        .filter(({ action }) => action === "change")
        .flatMap(({ after, resource }) =>
          clearSecrets(after).map((secrets) => ({
            resource: `${secrets}, ${resource}`,
            expected: "ciphertext from the sealed file",
            found: "plaintext",
            fix,
          })),
        );
    },
  },
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

/** Secrets that are planned in clear, by component. One that is not known yet is made by the platform. */
function clearSecrets(after: unknown): string[] {
  const [{ service, worker, job }] = appSchema.parse(after).spec;
  return [...service, ...worker, ...job].flatMap(({ name, env }) => {
    const clear = env
      .filter(({ type, value }) => type === "SECRET" && !!value && !isCiphertext(value))
      .map(({ key }) => key);
    return clear.length > 0 ? [`${clear.join(", ")} of ${name}`] : [];
  });
}
