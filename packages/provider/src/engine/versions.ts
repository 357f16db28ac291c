import { z } from "zod";
import type { ProviderSchema } from "../schemas/index.ts";

const requirement = z.object({ source: z.string(), version: z.string().optional() });
const requirements = z.looseObject({
  terraform: z
    .looseObject({
      required_providers: z
        .union([z.record(z.string(), requirement), z.array(z.record(z.string(), requirement))])
        .default({}),
    })
    .default({ required_providers: {} }),
});

/** A source in full: one word is a provider of HashiCorp's, two are in the public registry. */
function fullAddress(source: string): string {
  const parts = source.split("/").length;
  if (parts === 1) return `registry.terraform.io/hashicorp/${source}`;
  return parts === 2 ? `registry.terraform.io/${source}` : source;
}

/**
 * Sentences about provider pins of a synthesised configuration that the rehearsal cannot stand for.
 *
 * A provider that is attached to is never checked by Terraform: `99.0.0` passes (measured with
 * 1.11.4). A rehearsal with another schema than the one deployed would prove nothing.
 *
 * @param installed sources of providers that play as programs: Terraform checks those itself.
 */
export function versionDisagreements(
  configuration: unknown,
  schemas: readonly ProviderSchema[],
  installed: readonly string[] = [],
): readonly string[] {
  const { terraform } = requirements.parse(configuration);
  const required = terraform.required_providers;
  const entries = (Array.isArray(required) ? required : [required]).flatMap((group) =>
    Object.entries(group),
  );
  const programs = installed.map(fullAddress);
  return entries.flatMap(([name, { source, version }]) => {
    if (programs.includes(fullAddress(source))) return [];
    const schema = schemas.find(({ address }) => address === fullAddress(source));
    if (schema === undefined) {
      return [
        `Provider ${name} (${source}) is not rehearsed: packages/provider/src/schemas has no schema of it.`,
      ];
    }
    if (version?.replace(/^=\s*/, "") === schema.version) return [];
    return [
      `Provider ${name} is pinned to ${version ?? "no version"}, but the rehearsal has the schema of ${schema.version}: pin it to ${schema.version} or read the schema again.`,
    ];
  });
}
