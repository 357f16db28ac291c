import type { Finding } from "../context/finding.ts";
import type { Session } from "../context/session.ts";
import { type Secret, inventory } from "../secrets/inventory.ts";
import { type RunningApp, componentsOf, runningApp } from "../platform/running-app.ts";
import { secretValues } from "../secrets/seal.ts";
import { terraformVariable } from "../secrets/slotted.ts";

/** A session in which every secret has a value, and what is to be said about those that nobody supplied. */
export interface Assumption {
  /** For planning only: a plan that assumes anything is removed once it was read. */
  readonly session: Session;
  /** Names of the secrets that are assumed. */
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
}

/** What stands for a secret that the app does not have yet. It is in no plan that can be applied. */
const placeholder = "(this secret is not known to whoever plans)";

/**
 * Makes it possible to plan without some secrets, as a pull request has to: one that the app has already is assumed to
 * stay as it is, and one that is new is only shown to come. Each is named as a finding.
 */
export async function withAssumedSecrets(session: Session): Promise<Assumption> {
  const missing = inventory(session.environment, session.supplied).filter(
    ({ standing }) => standing === "missing",
  );
  if (missing.length === 0) return { session, names: [], findings: [] };
  const app = await runningApp(session);
  const assumed = missing.map((secret) => ({ secret, value: valueIn(app, secret) }));
  const variables = assumed.map(
    ({ secret: { name }, value }) => [terraformVariable(name), value ?? placeholder] as const,
  );
  return {
    session: { ...session, variables: { ...session.variables, ...Object.fromEntries(variables) } },
    names: missing.map(({ name }) => name),
    findings: assumed.map(({ secret, value }) => findingOf(secret, value !== undefined)),
  };
}

/** What the app has of a secret; undefined where it has none, or a ciphertext of its own in every component. */
function valueIn(app: RunningApp | undefined, { name, unsealed }: Secret): string | undefined {
  if (!app) return undefined;
  const values = componentsOf(app.spec)
    .filter((component) => unsealed.includes(component.name))
    .flatMap((component) => secretValues(component).filter(([known]) => known === name))
    .map(([, value]) => value);
  const [first] = values;
  return values.length === unsealed.length && new Set(values).size === 1 ? first : undefined;
}

function findingOf({ name, unsealed }: Secret, isKnown: boolean): Finding {
  const assumed = isKnown ? "it stays as the app has it" : "some value comes or changes";
  return {
    // The doctor's check of the same: it stops a deployment, and no plan.
    id: "secrets-available",
    severity: "warning",
    resource: name,
    expected: "sealed or supplied",
    found: `neither, for ${unsealed.join(", ")}: this plan assumes that ${assumed}`,
    fix: `export ${terraformVariable(name)}=…`,
  };
}
