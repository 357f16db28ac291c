import { credentials } from "./credentials.ts";
import type { Variables } from "./session.ts";

/** What stands in a text where a secret was. */
const placeholder = "(secret)";

/** Shorter values are no secrets worth the name, and would be found inside ordinary words. */
const shortest = 8;

/**
 * Makes a function that takes every secret that this process was given out of a text: credentials, tokens of Terraform
 * and supplied variables, also where they are written in base64 or for an address.
 *
 * It is the last line before a text of another program is shown: a platform or Terraform may repeat in an error what it
 * was sent.
 */
export function redactor(variables: Variables): (text: string) => string {
  const spellings = Object.entries(variables)
    .filter(([name]) => isSecret(name))
    .flatMap(([, value]) => (value === undefined || value.length < shortest ? [] : written(value)))
    // A longer spelling may contain a shorter one.
    .toSorted((one, other) => other.length - one.length);
  return (text) =>
    spellings.reduce((clean, spelling) => clean.replaceAll(spelling, placeholder), text);
}

function isSecret(name: string): boolean {
  return (
    /^TF_(VAR|TOKEN)_/.test(name) ||
    Object.values(credentials).some(({ variable }) => variable === name)
  );
}

/** A value as it may stand in a text. */
function written(value: string): string[] {
  const base64 = Buffer.from(value).toString("base64");
  return [
    value,
    encodeURIComponent(value),
    base64,
    base64.replace(/=+$/, ""),
    // Inside JSON.
    JSON.stringify(value).slice(1, -1),
  ];
}
