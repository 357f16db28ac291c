import { valueAt } from "../../environments/rules/findings.ts";
import { resourcesIn } from "../../stacks/written-resources.ts";
import { effects } from "./effects.ts";

/** An argument that a stack leaves out or empties, where the platform then keeps what it has. */
export interface LeftOut {
  /** Address of the resource in Terraform. */
  readonly address: string;
  readonly argument: string;
  /** What it means. */
  readonly means: string;
}

/**
 * What a stack should say and does not: the provider reads a missing list as "leave what is there", so that no plan
 * shows it. Only arguments that the project always writes.
 */
export function leftOut(stack: unknown): LeftOut[] {
  const resources = resourcesIn(stack);
  return effects.flatMap(({ type, rows }) =>
    rows
      .filter(({ always }) => always)
      .flatMap(({ argument, means = "" }) =>
        resources
          .filter((one) => one.type === type && isEmpty(valueAt(one.arguments, argument)))
          .map(({ address }) => ({ address, argument, means })),
      ),
  );
}

/** Whether nothing stands there: a block in which every list is empty is nothing too. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === "object" && Object.values(value).every(isEmpty);
}
