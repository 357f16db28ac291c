/** A piece of a pattern: text that must be there, `*` (any text) or `?` (any one character). */
export type PatternToken = { readonly literal: string } | "any" | "one";

/** Looks up the value of a policy variable such as `aws:username`; `undefined` where the request has none. */
export type VariableLookup = (name: string) => string | undefined;

const variable = /\$\{([^}]*)\}/g;

/** The three variables that stand for the characters which would otherwise mean something. */
const escapes = new Set(["*", "?", "$"]);

/** Names of the policy variables used in a text, escapes left out: what a policy is checked for when it is read. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(variable)]
    .map((match) => match[1] ?? "")
    .filter((name) => !escapes.has(name));
}

/**
 * Cuts a pattern into tokens and puts the values of policy variables in their place. A value is always literal text: a
 * user called `*` gains nothing by that name.
 *
 * @returns `undefined` if a variable has no value in this request; such a pattern matches nothing.
 */
export function patternTokens(text: string, valueOf: VariableLookup): PatternToken[] | undefined {
  const tokens: PatternToken[] = [];
  let from = 0;
  for (const match of text.matchAll(variable)) {
    tokens.push(...wildcardTokens(text.slice(from, match.index)));
    const name = match[1] ?? "";
    const value = escapes.has(name) ? name : valueOf(name);
    if (value === undefined) return undefined;
    tokens.push({ literal: value });
    from = match.index + match[0].length;
  }
  tokens.push(...wildcardTokens(text.slice(from)));
  return tokens;
}

function wildcardTokens(text: string): PatternToken[] {
  return text
    .split(/([*?])/)
    .filter((piece) => piece !== "")
    .map((piece) => (piece === "*" ? "any" : piece === "?" ? "one" : { literal: piece }));
}

type PatternUnit = "any" | "one" | { readonly character: string };

/**
 * Whether a text matches a pattern from end to end. No regular expression: a `*` is only ever tried again from the last
 * one, so that no policy can make the evaluation slow.
 */
export function matchesTokens(tokens: readonly PatternToken[], text: string): boolean {
  const units = tokens.flatMap(patternUnits);
  const characters = Array.from(text);
  let at = 0;
  let index = 0;
  let retry: { index: number; at: number } | undefined;
  while (at < characters.length) {
    const unit = units[index];
    if (unit === "any") {
      retry = { index, at };
      index += 1;
    } else if (matchesUnit(unit, characters[at])) {
      index += 1;
      at += 1;
    } else if (retry) {
      retry.at += 1;
      index = retry.index + 1;
      at = retry.at;
    } else {
      return false;
    }
  }
  return units.slice(index).every((unit) => unit === "any");
}

function patternUnits(token: PatternToken): PatternUnit[] {
  return typeof token === "string"
    ? [token]
    : Array.from(token.literal, (character) => ({ character }));
}

function matchesUnit(unit: PatternUnit | undefined, character: string | undefined): boolean {
  if (unit === undefined || unit === "any") return false;
  return unit === "one" || unit.character === character;
}

/** Whether a text matches a pattern that has wildcards but no variables. */
export function matchesPattern(pattern: string, text: string): boolean {
  return matchesTokens(wildcardTokens(pattern), text);
}
