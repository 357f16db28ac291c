import type { Difference } from "./difference.ts";

/** Longest value that is shown whole. */
const longest = 60;

/**
 * Attributes that hold secrets, whatever Terraform says of them: it does not call the token of a log service sensitive,
 * and what a person typed into a variable in the control panel may be anything.
 */
const secretAttributes =
  /(^|[._])(token|password\w*|secret\w*|api_key|private_key|registry_credentials|private_uri|uri)$|\benv\[[^\]]+\]\.value$/;

/** What a secret looks like in every plan. */
const hidden = "(secret)";

const absent = "absent";
const present = "present";

/** Whether the values of a difference must never be shown. */
export function isSecretDifference({ path, sensitive }: Difference): boolean {
  return sensitive || secretAttributes.test(path);
}

/** Both sides of a difference, fit to be read by anybody. */
export function shownSides(difference: Difference): {
  readonly before: string;
  readonly after: string;
} {
  const secret = isSecretDifference(difference);
  const shown = (value: unknown) => {
    const text = shownValue(value);
    return secret && text !== absent && text !== present ? hidden : text;
  };
  return {
    before: shown(difference.before),
    after: difference.unknown ? "known after it is applied" : shown(difference.after),
  };
}

/** `2 → 3`; two secrets read the same. */
export function changeInWords(before: string, after: string): string {
  return before === after ? "changed" : `${before} → ${after}`;
}

/** A value on one line, shortened where it is long. A whole element says only that it is there. */
export function shownValue(value: unknown): string {
  if (isNothing(value)) return absent;
  if (typeof value === "string") return shortened(value);
  if (Array.isArray(value)) {
    return value.some((element) => typeof element === "object")
      ? present
      : shortened(value.join(", "));
  }
  return typeof value === "object" ? present : JSON.stringify(value);
}

/** Whether a value is nothing at all: providers write absent, empty text and empty lists for the same thing. */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function shortened(text: string): string {
  // Enough of a digest to tell it from another.
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return `${text.slice(0, 19)}…`;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
