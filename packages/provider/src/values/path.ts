/** One step into a value: an attribute's name, a position in a list, or a key of a map. */
export type PathStep = string | number | { readonly key: string };

/**
 * Writes a path for people: `spec[0].service[1].env`.
 *
 * Behaviour tables use {@link schemaPath}, which leaves positions and keys out.
 */
export function displayPath(path: readonly PathStep[]): string {
  return path
    .map((step, at) => {
      if (typeof step === "number") return `[${step}]`;
      if (typeof step === "object") return `[${JSON.stringify(step.key)}]`;
      return at === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Writes a path as the SDK's own rules do: `spec.0.service.1.env`. */
export function dottedPath(path: readonly PathStep[]): string {
  return path.map((step) => (typeof step === "object" ? step.key : String(step))).join(".");
}

/** The path of the schema's own attribute: `spec.service.env`, whichever element is meant. */
export function schemaPath(path: readonly PathStep[]): string {
  return path.filter((step) => typeof step === "string").join(".");
}
