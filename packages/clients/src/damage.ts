/** What is wrong with an answer that should be JSON. */
export interface Damage {
  readonly reason: string;
  /** Whether it was cut on its way, so that asking again may help. */
  readonly isCut: boolean;
}

/** Looks whether an answer is JSON, or nothing; undefined when it is. Nothing of it is repeated. */
export function damageOf(text: string, type: string | undefined): Damage | undefined {
  if (text === "") return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const start = text.trimStart();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      const what = type === undefined ? "something" : type.split(";")[0];
      return { reason: `${what} instead of JSON: ${inBetween}`, isCut: false };
    }
    const bytes = Buffer.byteLength(text);
    return {
      reason: `JSON that ends too early, after ${bytes} bytes: the answer was cut on its way, so make the command again`,
      isCut: true,
    };
  }
}

/** What answers in a platform's place. */
export const inBetween =
  "a proxy or a gateway answered in its place; does this network want a login, is HTTPS_PROXY right?";
