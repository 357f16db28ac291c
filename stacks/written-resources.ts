import { z } from "zod";

/** A resource as a stack's Terraform JSON has it. */
export interface WrittenResource {
  readonly type: string;
  readonly name: string;
  /** What Terraform calls it: `digitalocean_vpc.vpc`. */
  readonly address: string;
  /** As they are written: a reference is text such as `${digitalocean_domain.zone.name}`. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

const stackSchema = z.looseObject({
  /** Missing in a stack that has none any more. */
  resource: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
});

/**
 * Every resource of a stack.
 *
 * @param stack its Terraform JSON, parsed.
 * @throws ZodError where it is none.
 */
export function resourcesIn(stack: unknown): WrittenResource[] {
  return Object.entries(stackSchema.parse(stack).resource).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, written]) => ({
      ...{ type, name, address: `${type}.${name}` },
      arguments: written,
    })),
  );
}
