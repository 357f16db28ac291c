/** The stacks of an environment, in the order of their deployment; the first two need nothing of each other. */
export const stackKinds = ["storage", "data", "app"] as const;

/** One of the stacks. */
export type StackKind = (typeof stackKinds)[number];

/** A stack of an environment, or that of its machines with a card, which most have not. */
export type AnyStack = StackKind | "gpu";

/** What the app's stack reads the states of. */
export const appDependencies: readonly StackKind[] = ["storage", "data"];

/** Name of a stack, which also names its state. */
export function stackName(environment: string, kind: AnyStack): string {
  return `${environment}-${kind}`;
}
