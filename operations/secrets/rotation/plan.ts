import type { Environment } from "../../../environments/loading/load.ts";
import type { SlotState, SlottedName } from "../../../environments/schema/rotation.ts";
import { kindOf } from "./kinds.ts";
import type { Turn } from "./kind.ts";
import { type Stage, after, begun, changedSlot, retiring, stages } from "./stages.ts";

/** What is to be rotated, and how far. */
export interface RotationRequest {
  readonly names: readonly SlottedName[];
  /** Whether what was replaced is retired. Without it a rotation goes on until it waits for that. */
  readonly retire: boolean;
  /** Why nobody waits any longer; undefined to wait as long as somebody may need the old value. */
  readonly withoutWaiting: string | undefined;
}

/** A stage that will be gone through, for all secrets that are due for it: they share one deployment. */
export interface RotationStep {
  readonly stage: Stage;
  readonly turns: readonly Turn[];
  /** What it changes, a sentence for each secret. */
  readonly changes: readonly string[];
  readonly deploys: boolean;
}

/**
 * What a command will do, from where every secret stands: nothing else is remembered between two commands, so whatever
 * ended the last one, the next goes on where it was.
 */
export function planRotation(
  environment: Environment,
  { names, retire, withoutWaiting }: RotationRequest,
  now: Date,
): RotationStep[] {
  const states = new Map(
    names.map((name) => [name, beginning(environment.rotation[name], retire, withoutWaiting, now)]),
  );
  return stages.flatMap((stage) => {
    const turns = [...states].flatMap(([name, state]) => {
      if (state.rotation?.stage !== stage) return [];
      states.set(name, after(state, stage, now));
      return [{ name, slot: changedSlot(state, stage) }];
    });
    return turns.length > 0 ? [stepOf(environment, stage, turns)] : [];
  });
}

/** The state that a command finds, with what it was asked to begin. */
function beginning(
  state: SlotState,
  retire: boolean,
  reason: string | undefined,
  now: Date,
): SlotState {
  if (!retire) return begun(state, now);
  return state.rotation?.stage === "wait" ? retiring(state, reason) : state;
}

function stepOf({ config }: Environment, stage: Stage, turns: readonly Turn[]): RotationStep {
  const of = ({ name }: Turn) => kindOf(name)[stage];
  return {
    stage,
    turns,
    changes: turns.map((turn) => of(turn).changes(config, turn)),
    deploys: turns.some((turn) => of(turn).deploys),
  };
}
