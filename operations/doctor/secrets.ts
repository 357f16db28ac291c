import { signingKeyNames, slottedNames, slots } from "../../environments/schema/rotation.ts";
import type { Check, Violation } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import type { DoctorContext } from "./context.ts";
import { needing } from "./needing.ts";
import { type AgedSecret, agedSecrets } from "../secrets/ages.ts";
import { type Secret, inventory } from "../secrets/inventory.ts";
import { retirementTime } from "../secrets/rotation/keeping.ts";
import { variableOf } from "../platform/running-app.ts";
import { differingComponents } from "../secrets/retired/supplied.ts";
import { fingerprint } from "../secrets/seal.ts";
import { slotUse, slotVariable, terraformVariable } from "../secrets/slotted.ts";

/** Days after which a secret is due for rotation (the origin of this platform rotates every 90 days). */
const oldestDays = 90;

/** What `mam secrets check` looks at beside the doctor's own checks of secrets. */
export const sealingChecks: readonly Check<DoctorContext>[] = [
  {
    id: "active-key-kept",
    severity: "error",
    what: "No supplied signing key is another one than the sealed key of its active slot.",
    why: "The next deployment would replace the key that signs, and refuse at once whatever it has signed.",
    fix: "unset the variable; to replace a key without refusing anybody: mam secrets rotate <environment> <key>",
    run: ({ session }) => differingSupplied(session, "active"),
  },
  {
    id: "supplied-as-sealed",
    severity: "warning",
    what: "Every other supplied secret is the one that was sealed.",
    why: "The next deployment sends the supplied one in its place, which is a rotation that nobody asked for.",
    fix: "unset the variable, or deploy and seal on purpose",
    run: ({ session }) => differingSupplied(session, "other"),
  },
  {
    id: "slots-differ",
    severity: "error",
    what: "The two slots of every signing key hold different keys.",
    why: "With the same key in both, a rotation replaces nothing.",
    fix: "mam secrets rotate <environment> <key>",
    run: ({ session }) => equalSlots(session),
  },
  ...needing("digitalOcean", [
    {
      id: "sealed-as-deployed",
      severity: "error",
      what: "Every sealed ciphertext is the one that the app has.",
      why: "The next deployment would put an older secret back.",
      fix: "get the newest sealed file from git; where nobody has one, mam secrets seal <environment>",
      run: async ({ session, app }) => {
        const standing = await app();
        return standing ? otherCiphertexts(session, standing.spec) : [];
      },
    },
    {
      id: "deployed-is-sealed",
      severity: "warning",
      what: "Every secret of the app that stands is sealed.",
      why: "One that is not is sent in clear by every deployment, and redeploys the app.",
      fix: "mam secrets seal <environment>, then commit the sealed file",
      run: async ({ session, app }) => ((await app()) ? unsealedSecrets(session) : []),
    },
  ] satisfies Check<DoctorContext>[]),
  {
    id: "secret-age",
    severity: "warning",
    what: `No secret that is made here is older than ${oldestDays} days.`,
    why: "The longer a secret is the same, the more people and backups have had it.",
    fix: "mam secrets rotate <environment> <secret>",
    run: async ({ session }) =>
      (await agedSecrets(session, new Date())).flatMap((secret) =>
        tooOld(session.environment.config.name, secret),
      ),
  },
  {
    id: "rotation-finished",
    severity: "warning",
    what: "No rotation was interrupted, or waits longer than it has to.",
    why: "Until its end the old secret opens what it always opened.",
    fix: "mam secrets rotate <environment> <secret>",
    run: ({ session }) => unfinishedRotations(session, new Date()),
  },
];

function tooOld(
  environment: string,
  { name, days = 0, components, givenBy, rotatedAs }: AgedSecret,
): Violation[] {
  if (days <= oldestDays || givenBy !== undefined) return [];
  return [
    {
      resource: `${name} of ${components.join(", ")}`,
      expected: `at most ${oldestDays} days`,
      found: `${days} days`,
      ...(rotatedAs ? { fix: `mam secrets rotate ${environment} ${rotatedAs}` } : {}),
    },
  ];
}

/** Kinds of secrets that App Platform always encrypts; it gives a log service's credential back as it was sent. */
const sealedKinds: readonly Secret["kind"][] = ["signing key", "given secret", "storage key"];

/** Supplied secrets that are others than those that were sealed. */
function differingSupplied(
  { environment, supplied }: Session,
  which: "active" | "other",
): Violation[] {
  return inventory(environment, supplied).flatMap(({ name, components }) => {
    const { [name]: value } = supplied;
    const use = slotUse(environment.rotation, name) === "active" ? "active" : "other";
    if (value === undefined || use !== which) return [];
    const differing = differingComponents(environment, name, value).filter((component) =>
      components.includes(component),
    );
    if (differing.length === 0) return [];
    const expected = `what is sealed for ${differing.join(", ")}`;
    const fix = `unset ${terraformVariable(name)}`;
    return [{ resource: name, expected, found: "another value", fix }];
  });
}

function equalSlots({ environment: { config, sealed }, supplied }: Session): Violation[] {
  return signingKeyNames.flatMap((key) => {
    const [a, b] = slots.map((slot) => {
      const name = slotVariable(key, slot);
      const value = supplied[name];
      return value === undefined
        ? Object.values(sealed?.components ?? {}).find((one) => one[name])?.[name]?.fingerprint
        : fingerprint(value);
    });
    if (a === undefined || a !== b) return [];
    const fix = `mam secrets rotate ${config.name} ${key}`;
    return [{ resource: key, expected: "two keys", found: "the same key twice", fix }];
  });
}

function otherCiphertexts(
  { environment: { sealed } }: Session,
  spec: Parameters<typeof variableOf>[0],
): Violation[] {
  return Object.entries(sealed?.components ?? {}).flatMap(([component, secrets]) =>
    Object.entries(secrets).flatMap(([name, { ciphertext }]) => {
      const found = variableOf(spec, component, name);
      // Credentials of log services are no variables.
      if (found === undefined || found === ciphertext) return [];
      const resource = `${name} of ${component}`;
      return [{ resource, expected: "the sealed ciphertext", found: "another ciphertext" }];
    }),
  );
}

function unsealedSecrets({ environment, supplied }: Session): Violation[] {
  return inventory(environment, supplied)
    .filter(({ kind }) => sealedKinds.includes(kind))
    .filter(({ unsealed }) => unsealed.length > 0)
    .map(({ name, unsealed }) => ({
      resource: `${name} of ${unsealed.join(", ")}`,
      expected: "sealed",
      found: "not sealed",
    }));
}

function unfinishedRotations(
  { environment: { config, rotation } }: Session,
  now: Date,
): Violation[] {
  return slottedNames.flatMap((name) => {
    const underWay = rotation[name].rotation;
    if (!underWay) return [];
    const command = `mam secrets rotate ${config.name} ${name}`;
    if (underWay.stage !== "wait") {
      const found = `interrupted in stage ${underWay.stage}`;
      return [{ resource: name, expected: "finished", found, fix: command }];
    }
    const time = retirementTime(name, config, underWay.switched);
    if (time > now) return [];
    const found = `could be retired since ${time.toISOString()}`;
    return [{ resource: name, expected: "retired", found, fix: `${command} --retire` }];
  });
}
