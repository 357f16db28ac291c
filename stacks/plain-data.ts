import { Token, Tokenization } from "cdktf";

type Resolve = typeof Tokenization.resolve;

/** What CDKTF takes for a number that stands for a token, in a text (0.21.0, tokens/private/encoding.js). */
const encodedNumber = /[-|\d.+]e[-|\d.eE+]/;

/** In every text that stands for a token, and in every key that stands for a map. */
const marker = "TfToken[";

/**
 * Lets CDKTF resolve only what holds a token, while something is done. It walks everything it writes, three times, with some twenty
 * objects and six searches for each key and each text, although nine of ten are plain: that would be half of a synthesis (0.21.0,
 * tokens/private/resolve.js). Plain data is copied here as it does it; what is not is left to it.
 */
export function resolvingTokensOnly<T>(action: () => T): T {
  const own = Object.getOwnPropertyDescriptor(Tokenization, "resolve") ?? {};
  const resolve: Resolve = Tokenization.resolve.bind(Tokenization);
  Object.defineProperty(Tokenization, "resolve", { ...own, value: sparing(resolve) });
  try {
    return action();
  } finally {
    Object.defineProperty(Tokenization, "resolve", own);
  }
}

/** Does what CDKTF's own does, in less. */
export function sparing(resolve: Resolve): Resolve {
  return (value: unknown, options): unknown => {
    try {
      return copied(value, (part) => resolve(part, options) as unknown);
    } catch {
      // Its own words about what cannot be resolved say where in the whole that is.
      return resolve(value, options) as unknown;
    }
  };
}

type Further = (part: unknown) => unknown;

function copied(value: unknown, further: Further): unknown {
  if (isPlain(value)) return value;
  if (Array.isArray(value)) return copiedList(value, further);
  if (!isPlainObject(value)) return further(value);
  const keys = Object.keys(value);
  if (!keys.every(isPlain)) return further(value);
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    const part = copied(value[key], further);
    if (part !== undefined) copy[key] = part;
  }
  return copy;
}

/** A list of which one element may stand for all of them is CDKTF's. */
function copiedList(list: readonly unknown[], further: Further): unknown {
  const isOwn = list.every((element) => typeof element === "object" || isPlain(element));
  return isOwn
    ? list.map((element) => copied(element, further)).filter((element) => element !== undefined)
    : further(list);
}

/** Whether a value is no object, and stands for nothing but itself. */
function isPlain(value: unknown): boolean {
  switch (typeof value) {
    case "string":
      return !value.includes(marker) && !encodedNumber.test(value) && !mapValues.has(value);
    case "number":
      return Number.isSafeInteger(value) && value >= 0;
    default:
      return value === undefined || value === null || typeof value === "boolean";
  }
}

/** Values that CDKTF puts into a map that stands for a token. */
const mapValues: ReadonlySet<unknown> = new Set([
  Token.STRING_MAP_TOKEN_VALUE,
  Token.ANY_MAP_TOKEN_VALUE,
]);

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !Tokenization.isResolvable(value)
  );
}
