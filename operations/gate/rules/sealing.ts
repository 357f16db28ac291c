import { z } from "zod";

import { accessKeyName } from "../../../constructs/storage/access-key-name.ts";
import { storageKeyName, storageRoleNames } from "../../../environments/schema/rotation.ts";
import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import { isCiphertext } from "../../plan/noise.ts";
import { differingComponents } from "../../secrets/retired/supplied.ts";
import { terraformVariable } from "../../secrets/slotted.ts";
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

/** Whether secrets leave sealed. */
export const sealingRules: readonly Check<GateContext>[] = [
  {
    id: "unsealed-secret",
    severity: "error",
    what: "In CI, no secret of a standing app is sent in clear.",
    why: "A secret that is not sealed stands in the saved plan and in the state in clear, and redeploys the app on every apply.",
    fix: "on your own machine: mam secrets seal <environment>, then commit the sealed file",
    run: async (context) => {
      if (!context.unattended) {
        throw new CheckSkipped("somebody is there: a person may send a new secret");
      }
      if (isTakenOver(context)) return [];
      return [...plaintextSecrets(context), ...(await newKeys(context))];
    },
  },
];

/** Whether this is the first deployment of an app that was made by hand: as little as before a new app can be sealed. */
const isTakenOver = ({ environment: { imports, sealed } }: GateContext) =>
  sealed === undefined && imports?.app["digitalocean_app.app"] !== undefined;

/** Secrets that a standing app is sent in clear. Before there is an app, nothing can be sealed. */
function plaintextSecrets(context: GateContext): Violation[] {
  const { name: environment } = context.environment.config;
  const fix = `on your own machine: mam secrets seal ${environment}, then commit environments/${environment}.sealed.json`;
  const expected = "ciphertext from the sealed file";
  return plannedResources(context, ["digitalocean_app"])
    .filter(({ action }) => action === "change")
    .flatMap(({ after, resource }) =>
      clearSecrets(after).flatMap(({ component, names }) => {
        const changed = names.filter((name) => isAnotherValue(context, component, name));
        const unsealed = names.filter((name) => !changed.includes(name));
        const of = (some: readonly string[]) => `${some.join(", ")} of ${component}, ${resource}`;
        return [
          ...(unsealed.length > 0
            ? [{ resource: of(unsealed), expected, found: "plaintext", fix }]
            : []),
          ...changed.map((name) => ({
            resource: of([name]),
            expected,
            found: `another value than the one that runs, in ${terraformVariable(name)}`,
            fix: `unset ${terraformVariable(name)}; to change the secret on purpose: --override unsealed-secret="<reason>"`,
          })),
        ];
      }),
    );
}

/** Secrets that are planned in clear, by component. One that is not known yet is made by the platform. */
function clearSecrets(after: unknown) {
  const [{ service, worker, job }] = appSchema.parse(after).spec;
  return [...service, ...worker, ...job].flatMap(({ name: component, env }) => {
    const names = env
      .filter(({ type, value }) => type === "SECRET" && !!value && !isCiphertext(value))
      .map(({ key }) => key);
    return names.length > 0 ? [{ component, names }] : [];
  });
}

/** Whether a secret is sealed, and supplied with another value than that. */
function isAnotherValue(
  { environment, supplied }: GateContext,
  component: string,
  name: string,
): boolean {
  const { [name]: value } = supplied;
  return value !== undefined && differingComponents(environment, name, value).includes(component);
}

/**
 * Storage keys that a standing app would get as soon as they are made. The app's own plan shows it only afterwards, when
 * the storage stack has been applied.
 */
async function newKeys(context: GateContext): Promise<Violation[]> {
  const { config, rotation } = context.environment;
  const active = storageRoleNames.map((role) => {
    const name = accessKeyName(role, rotation[storageKeyName(role)].active);
    return `aws_iam_access_key.${name}`;
  });
  const made = plannedResources(context, ["aws_iam_access_key"]).filter(
    ({ address, action }) =>
      active.includes(address) && (action === "create" || action === "replace"),
  );
  if (made.length === 0 || !(await context.past.app())?.active_deployment) return [];
  return made.map(({ resource }) => ({
    resource,
    expected: "the key that the app has sealed",
    found: "a new one, whose secret would be sent in clear",
    fix: `on your own machine: mam deploy ${config.name}, then commit environments/${config.name}.sealed.json`,
  }));
}
