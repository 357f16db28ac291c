import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import type { StackFolder } from "../terraform/synthesis.ts";

const stackFile = z.looseObject({
  /** Missing in a stack that declares nothing any more. */
  resource: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
});

/** A resource as a stack's Terraform JSON declares it. */
export interface DeclaredResource {
  /** Name of its stack. */
  readonly stack: string;
  readonly type: string;
  /** What Terraform calls it: `digitalocean_vpc.vpc`. */
  readonly address: string;
  /** As they are written: a reference is text such as `${digitalocean_domain.zone.name}`. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Whether no stack declares it any more: what stands of it goes. */
  readonly isStray?: true;
}

/** Every resource that stacks declare. */
export function declaredIn(stacks: readonly StackFolder[]): DeclaredResource[] {
  return stacks.flatMap(({ name: stack, directory }) => {
    const text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
    return Object.entries(stackFile.parse(JSON.parse(text)).resource).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, written]) => ({
        stack,
        type,
        address: `${type}.${name}`,
        arguments: written,
      })),
    );
  });
}
