import { z } from "zod";

import { environmentContract } from "../../../constructs/app/contract.ts";
import type { ContractVariable } from "../../../constructs/app/contract/variable.ts";
import { type ComponentName, componentNames } from "../../../environments/schema/environment.ts";
import { schemaAt } from "../../plan/adoption-line.ts";
import type { Remark } from "../remark.ts";
import { type Roles, type StandingComponent, componentsOf, variablesOf } from "../roles.ts";
import type { Standing } from "../standing.ts";

/** A field of the environment with the value that a variable gives it. */
export interface VariableField {
  readonly path: string;
  readonly value: string | number;
}

interface Held {
  readonly role: ComponentName;
  readonly component: StandingComponent;
  readonly key: string;
  readonly value: string | undefined;
  /** Whether it is the component's own, and not the whole app's. */
  readonly isOwn: boolean;
  readonly isSecret: boolean;
}

/**
 * What variables of an app say that the environment can say: numbers and choices alone. What a person typed as text may be
 * anything, a secret too, and is not repeated.
 */
export function variableFields(standing: Standing, roles: Roles): readonly VariableField[] {
  const found = heldBy(standing, roles).flatMap(({ role, key, value, isSecret }) => {
    const variable = contractOf(role, key);
    const field = variable?.source.kind === "value" ? variable.source.field : undefined;
    if (!field || value === undefined || isSecret) return [];
    const path = field.path.replace("{component}", role);
    return takenValue(path, field.factor, value).map((one) => ({ path, value: one }));
  });
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

function takenValue(path: string, factor: number, value: string): (string | number)[] {
  const schema = schemaAt(path);
  const wanted = schema instanceof z.ZodNumber ? Number(value) / factor : value;
  const isTaken = schema instanceof z.ZodNumber || schema instanceof z.ZodEnum;
  return isTaken && z.safeParse(schema, wanted).success ? [wanted] : [];
}

/** What becomes of the variables of an app. Their values are in no sentence. */
export function variableRemarks(standing: Standing, roles: Roles): Remark[] {
  const held = heldBy(standing, roles);
  const unknown = held.filter(({ role, key, isOwn }) => isOwn && !contractOf(role, key));
  const secrets = new Set(
    environmentContract.flatMap(({ name, source }) => (source.kind === "secret" ? [name] : [])),
  );
  const standingSecrets = new Set(held.map(({ key }) => key).filter((key) => secrets.has(key)));
  return [
    ...[...grouped(unknown)].map(([component, keys]) => goes(component, keys)),
    ...appWide(standing, held),
    ...[...standingSecrets].map(again),
  ];
}

const goes = (component: string, keys: readonly string[]): Remark => ({
  fate: "changed",
  about: `variables of ${component}`,
  what: `no image reads them by the contract, and they go with the first deployment: ${keys.join(", ")}`,
  todo: "what an image needs beyond it is a row of constructs/app/contract/ (docs/environment-variables.md)",
});

/** A secret that is there already is encrypted, or stands in plain: either way nobody but a person takes it over. */
const again = (name: string): Remark => ({
  fate: "changed",
  about: `the secret ${name}`,
  what: "its value cannot be read from the platform, or must not be: it is sealed by the first deployment",
  todo: `export TF_VAR_${name.toLowerCase()} with the value that it has now (docs/secrets.md)`,
});

/** Variables of the whole app that no component reads. */
function appWide({ app: { spec } }: Standing, held: readonly Held[]): Remark[] {
  const isRead = (wanted: string) =>
    held.some(({ role, key }) => key === wanted && contractOf(role, key));
  const keys = (spec.envs ?? []).map(({ key }) => key).filter((key) => !isRead(key));
  return keys.length === 0 ? [] : [goes("the whole app", keys)];
}

/** What components have: their own variables, and those of the whole app. */
function heldBy({ app }: Standing, roles: Roles): readonly Held[] {
  return componentNames.flatMap((role) =>
    componentsOf(app)
      .filter(({ name }) => name === roles[role])
      .flatMap((component) =>
        variablesOf(app, component).map(({ key, value, type }) => {
          const isOwn = (component.envs ?? []).some((one) => one.key === key);
          return { role, component, key, value, isOwn, isSecret: type === "SECRET" };
        }),
      ),
  );
}

function contractOf(role: ComponentName, key: string): ContractVariable | undefined {
  return environmentContract.find(
    ({ name, components }) => name === key && components.some((one) => one === role),
  );
}

function grouped(held: readonly Held[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { component, key } of held) {
    groups.set(component.name, [...(groups.get(component.name) ?? []), key]);
  }
  return groups;
}
