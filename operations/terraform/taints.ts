import { readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import type { SynthesizedStack } from "./synthesis.ts";

const state = z.looseObject({
  resources: z
    .array(
      z.looseObject({
        type: z.string(),
        name: z.string(),
        instances: z.array(z.looseObject({ status: z.string().optional() })),
      }),
    )
    .default([]),
});

const written = z.looseObject({
  resource: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        lifecycle: z.looseObject({ prevent_destroy: z.boolean().optional() }).optional(),
      }),
    ),
  ),
});

/**
 * Addresses of resources that Terraform would replace because their creation ended with an error.
 *
 * @param text the whole state.
 */
export function taintedIn(text: string): string[] {
  return state
    .parse(JSON.parse(text))
    .resources.filter(({ instances }) => instances.some(({ status }) => status === "tainted"))
    .map(({ type, name }) => `${type}.${name}`);
}

/** Addresses of a stack's stateful resources: those that say whether they may be destroyed (constructs/stateful.ts). */
export function statefulIn({ directory }: Pick<SynthesizedStack, "directory">): string[] {
  const text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
  return Object.entries(written.parse(JSON.parse(text)).resource).flatMap(([type, byName]) =>
    Object.entries(byName)
      .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy !== undefined)
      .map(([name]) => `${type}.${name}`),
  );
}
