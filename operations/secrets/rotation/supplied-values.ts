import { type SlottedName, slots } from "../../../environments/schema/rotation.ts";
import type { Session } from "../../context/session.ts";
import { slotVariable, terraformVariable } from "../slotted.ts";
import { slottedOf } from "./names.ts";

/**
 * A session without the values that a person supplies for what is rotated: they are those of the first deployment, and
 * would be deployed again in the place of the new ones.
 */
export function withoutOldValues(session: Session, names: readonly SlottedName[]): Session {
  const old = oldVariables(names);
  const without = <T>(values: Readonly<Record<string, T>>, spelled: (name: string) => string) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) => !old.some((one) => spelled(one) === name)),
    );
  return {
    ...session,
    supplied: without(session.supplied, (name) => name),
    variables: without(session.variables, terraformVariable),
  };
}

/** A session that supplies values besides those that a person supplies. */
export function withValues(session: Session, values: Readonly<Record<string, string>>): Session {
  session.redactor.learn(Object.values(values));
  const variables = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [terraformVariable(name), value]),
  );
  return {
    ...session,
    supplied: { ...session.supplied, ...values },
    variables: { ...session.variables, ...variables },
  };
}

/** Variables of the contract that hold what is rotated, where a person may supply them. */
export function oldVariables(names: readonly SlottedName[]): string[] {
  return names.flatMap((name) => {
    const slotted = slottedOf(name);
    if (slotted.kind !== "signing key") return [];
    return slots.map((slot) => slotVariable(slotted.key, slot));
  });
}
