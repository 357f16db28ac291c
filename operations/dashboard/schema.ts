import type { PersesDashboard } from "../../monitoring/perses.ts";

/** Why a document is refused, a place and a reason each; none when it satisfies the schema. */
export type SchemaViolations = readonly string[];

/** Most reasons that are told: a kind that is not known fails once for every panel. */
const mostTold = 5;

/**
 * Holds a dashboard against the JSON Schema that the API serves.
 *
 * @throws Error when the schema itself cannot be read.
 */
export async function schemaViolations(
  schema: Readonly<Record<string, unknown>>,
  document: PersesDashboard,
): Promise<SchemaViolations> {
  // Loaded here, because no other command needs it; by its default, the one name that esbuild gives it there (0.28.2).
  const { default: ajv } = await import("ajv/dist/2020.js");
  // Keywords and formats of DigitalOcean's own are no mistake of ours.
  const validate = new ajv.Ajv2020({
    strict: false,
    validateFormats: false,
    allErrors: true,
    // It is used once: making it shorter takes longer than it saves.
    code: { optimize: false },
  }).compile(schema);
  if (validate(document)) return [];
  const reasons = (validate.errors ?? []).map(
    ({ instancePath, message = "not valid" }) => `${instancePath || "/"} ${message}`,
  );
  const distinct = [...new Set(reasons)];
  const more = distinct.length - mostTold;
  return [...distinct.slice(0, mostTold), ...(more > 0 ? [`and ${more} more`] : [])];
}
