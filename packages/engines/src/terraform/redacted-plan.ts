import { z } from "zod";

const change = z.looseObject({
  change: z.looseObject({
    before: z.unknown().optional(),
    after: z.unknown().optional(),
    before_sensitive: z.unknown().optional(),
    after_sensitive: z.unknown().optional(),
  }),
});

const resource = change.and(z.looseObject({ provider_name: z.string(), type: z.string() }));

const planSchema = z.looseObject({
  format_version: z.string(),
  resource_changes: z.array(resource).default([]),
  resource_drift: z.array(resource).default([]),
  output_changes: z.record(z.string(), change.shape.change).default({}),
  relevant_attributes: z.unknown().optional(),
});

const schemasSchema = z.looseObject({
  format_version: z.string(),
  provider_schemas: z.record(z.string(), z.looseObject({})).default({}),
});

/**
 * A plan as HCP Terraform hands it to those who only look: values that are sensitive are left out, and the schemas that it is
 * shown by come with it (Terraform 1.11.4, internal/command/jsonformat/plan.go).
 *
 * @param plan what `terraform show -json` says of it.
 * @param schemas what `terraform providers schema -json` says.
 */
export function redactedPlan(plan: string, schemas: string): string {
  const { format_version, resource_changes, resource_drift, output_changes, relevant_attributes } =
    planSchema.parse(JSON.parse(plan));
  const { format_version: provider_format_version, provider_schemas } = schemasSchema.parse(
    JSON.parse(schemas),
  );
  return JSON.stringify({
    plan_format_version: format_version,
    resource_changes: resource_changes.map(withoutSecrets),
    resource_drift: resource_drift.map(withoutSecrets),
    output_changes: Object.fromEntries(
      Object.entries(output_changes).map(([name, one]) => [name, redactedChange(one)]),
    ),
    relevant_attributes,
    provider_format_version,
    provider_schemas,
  });
}

type Change = z.output<typeof change>["change"];

const withoutSecrets = (one: z.output<typeof resource>) => ({
  ...one,
  change: redactedChange(one.change),
});

const redactedChange = (one: Change): Change => ({
  ...one,
  before: redacted(one.before, one.before_sensitive),
  after: redacted(one.after, one.after_sensitive),
});

/** A value without its sensitive parts, which `marks` has at the same places. */
function redacted(value: unknown, marks: unknown): unknown {
  if (marks === true) return null;
  if (Array.isArray(value) && Array.isArray(marks))
    return value.map((one, index) => redacted(one, marks[index]));
  if (!isRecord(value) || !isRecord(marks)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, redacted(one, marks[name])]),
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
