import { newSigningKey } from "./rotation/signing-key.ts";
import type { Secret } from "./inventory.ts";
import { terraformVariable } from "./slotted.ts";

/** A missing secret that nobody can make up, and what to do about it. */
export interface NotGenerated {
  readonly name: string;
  readonly reason: string;
}

/** New values for missing secrets. */
export interface Generation {
  /** By the name of their variable in the contract. */
  readonly values: Readonly<Record<string, string>>;
  readonly notGenerated: readonly NotGenerated[];
}

/**
 * Makes values for the secrets that are missing. Only generated ones can be made up: whatever another service checks has
 * to come from there, and a key that is sealed for some components would be another one than theirs.
 */
export function generateMissing(
  secrets: readonly Secret[],
  newValue: () => string = newSigningKey,
): Generation {
  const missing = secrets.filter(({ standing }) => standing === "missing");
  const made = missing.filter((secret) => reasonAgainst(secret) === undefined);
  return {
    values: Object.fromEntries(made.map(({ name }) => [name, newValue()])),
    notGenerated: missing.flatMap((secret) => {
      const reason = reasonAgainst(secret);
      return reason === undefined ? [] : [{ name: secret.name, reason }];
    }),
  };
}

/** Values as lines that a shell reads. They are of hexadecimal digits, so nothing has to be quoted. */
export function shellLines(values: Generation["values"]): string {
  return Object.entries(values)
    .map(([name, value]) => `export ${terraformVariable(name)}=${value}\n`)
    .join("");
}

function reasonAgainst({ givenBy, name, components, unsealed }: Secret): string | undefined {
  if (givenBy !== undefined) {
    return `${givenBy} gives it out: export ${terraformVariable(name)}=…`;
  }
  if (unsealed.length === components.length) return undefined;
  return `other components have it sealed, so ${unsealed.join(", ")} would get another one: rotate the key, or export the value that they have`;
}
