const shown = (value: unknown) => (typeof value === "string" ? `"${value}"` : String(value));

/** An objection when something is not what was expected. */
export const differs = (what: string, actual: unknown, expected: unknown): string | false =>
  actual !== expected && `${what}: expected ${shown(expected)}, found ${shown(actual)}`;

/** An objection when text has another form. */
export const unlike = (what: string, actual: unknown, form: RegExp): string | false =>
  !form.test(String(actual)) && `${what}: ${shown(actual)} has not the form ${form.source}`;

/** An objection when a number is further off than it may be. */
export const farFrom = (
  what: string,
  actual: unknown,
  expected: number,
  by: number,
): string | false =>
  !(Math.abs(Number(actual) - expected) <= by) &&
  `${what}: expected ${expected}, found ${shown(actual)}`;

/** A field of something that may not be an object; undefined where there is none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
