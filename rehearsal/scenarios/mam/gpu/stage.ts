import type { ChangedProject } from "../../../harness/changed-project.ts";
import type { Machines } from "../../../harness/machines.ts";
import type { HarnessContext } from "../../../harness/rehearsal.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

/** What the act is played with. */
export interface GpuStage extends ScenarioContext, HarnessContext {
  readonly machines: Machines;
  /** The environment without machines. */
  readonly none: ChangedProject;
  /** The environment with two. */
  readonly two: ChangedProject;
}

/** Machines that stand. */
export const droplets = ({ cloud }: GpuStage) => cloud.digitalOcean.store.droplets;

/** Whether two lists have the same elements, in whatever order. */
export const same = (one: readonly unknown[], other: readonly unknown[]) =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

/** Whether a text has words in it; its end where it has not. */
export const named = (text: string, words: string) => text.includes(words) || [text.slice(-2000)];
