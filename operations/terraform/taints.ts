import { z } from "zod";

import type { StackFolder } from "./synthesis.ts";
import { writtenResources } from "./written-resources.ts";

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

const lifecycled = z.looseObject({
  lifecycle: z.looseObject({ prevent_destroy: z.boolean().optional() }).optional(),
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
export function statefulIn(stack: Pick<StackFolder, "directory">): string[] {
  return writtenResources(stack)
    .filter((one) => lifecycled.parse(one.arguments).lifecycle?.prevent_destroy !== undefined)
    .map(({ address }) => address);
}
