import { z } from "zod";

import { valueAt } from "../../environments/rules/findings.ts";
import { effects } from "./effects.ts";

/** An argument that a stack leaves out or empties, where the platform then keeps what it has. */
export interface LeftOut {
  /** Address of the resource in Terraform. */
  readonly address: string;
  readonly argument: string;
  /** What it means. */
  readonly means: string;
}

const stackSchema = z.looseObject({
  resource: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/**
 * What a stack should say and does not: the provider reads a missing list as "leave what is there", so that no plan
 * shows it. Only arguments that the project always writes.
 */
export function leftOut(stack: unknown): LeftOut[] {
  const { resource } = stackSchema.parse(stack);
  return effects.flatMap(({ type, rows }) =>
    rows
      .filter(({ always }) => always)
      .flatMap(({ argument, means = "" }) =>
        Object.entries(resource[type] ?? {})
          .filter(([, block]) => isEmpty(valueAt(block, argument)))
          .map(([name]) => ({ address: `${type}.${name}`, argument, means })),
      ),
  );
}

/** Whether nothing stands there: a block in which every list is empty is nothing too. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
