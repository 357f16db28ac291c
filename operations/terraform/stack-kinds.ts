import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** The stacks of an environment, in the order of their deployment; the first two need nothing of each other. */
export const stackKinds = ["storage", "data", "app"] as const;

/** One of the stacks. */
export type StackKind = (typeof stackKinds)[number];

/** The stacks with that of machines with a card, which most environments have not. */
export const anyStacks = [...stackKinds, "gpu"] as const;

/** A stack of an environment, or that of its machines with a card. */
export type AnyStack = (typeof anyStacks)[number];

/** What the app's stack reads the states of. */
export const appDependencies: readonly StackKind[] = ["storage", "data"];

/** Name of a stack, which also names its state. */
export function stackName(environment: string, kind: AnyStack): string {
  return `${environment}-${kind}`;
}

/**
 * The stacks that an environment can have: machines with a card need the states in Spaces, by a rule of its file. A lock or
 * a state of the fourth may be left there when nobody asks for machines any more.
 */
export function possibleStacks({ state }: EnvironmentConfig): readonly AnyStack[] {
  return state.backend.kind === "spaces" ? anyStacks : stackKinds;
}
