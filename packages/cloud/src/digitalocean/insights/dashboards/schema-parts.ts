/** Any text. */
export const text = { type: "string" };
/** A name. */
export const named = { type: "string", minLength: 1, maxLength: 120 };
/** `1h`, `90s`. */
export const duration = { type: "string", pattern: "^(\\d+(ms|s|m|h|d|w|y))+$" };
/** How something is called. */
export const display = {
  type: "object",
  properties: {
    name: named,
    description: { type: "string", maxLength: 4000 },
    hidden: { type: "boolean" },
  },
  required: ["name"],
  additionalProperties: false,
};
/** An object with these properties and no others. */
export const object = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
/** A plugin of Perses with its options. */
export const plugin = (kind: string, spec: object) =>
  object({ kind: { const: kind }, spec }, ["kind", "spec"]);
