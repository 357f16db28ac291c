/** The stacks of an environment, in the order of their deployment; the first two need nothing of each other. */
export const stackParts = ["storage", "data", "app"] as const;

/** One of the stacks. */
export type StackPart = (typeof stackParts)[number];

/** What the app's stack reads the states of. */
export const appNeeds: readonly StackPart[] = ["storage", "data"];

/** Name of a stack, which also names its state. */
export function stackName(environment: string, part: StackPart): string {
  return `${environment}-${part}`;
}
