import type { WrittenResource } from "../../stacks/written-resources.ts";
import type { StackFolder } from "../terraform/synthesis.ts";
import { writtenResources } from "../terraform/written-resources.ts";

/** A resource as a stack's Terraform JSON declares it. */
export interface DeclaredResource extends Omit<WrittenResource, "name"> {
  /** Name of its stack. */
  readonly stack: string;
  /** Whether no stack declares it any more: what stands of it goes. */
  readonly isStray?: true;
}

/** Every resource that stacks declare. */
export function declaredIn(stacks: readonly StackFolder[]): DeclaredResource[] {
  return stacks.flatMap((stack) =>
    writtenResources(stack).map((resource) => ({ ...resource, stack: stack.name })),
  );
}
