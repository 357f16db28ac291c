import {
  type Slot,
  type SlotState,
  type RotationInProgress,
  otherSlot,
} from "../../../environments/schema/rotation.ts";

/** A stage of a rotation in which something is done; between the last two somebody waits. */
export type Stage = Exclude<RotationInProgress["stage"], "wait">;

/** The stages in which something is done, in their order. */
export const stages: readonly Stage[] = ["fill", "switch", "retire"];

/** The state of a secret whose rotation begins. One that is under way goes on where it was. */
export function begun(state: SlotState, now: Date): SlotState {
  if (state.rotation) return state;
  return { ...state, rotation: { stage: "fill", begun: now.toISOString() } };
}

/** The slot that a stage changes: the idle one, which after the switch is the one that was replaced. */
export function changedSlot({ active }: SlotState, stage: Stage): Slot {
  return stage === "switch" ? active : otherSlot(active);
}

/** The state of a secret after a stage of which everything holds. @throws Error when it is in another stage. */
export function after(state: SlotState, stage: Stage, now: Date): SlotState {
  const { active, since, rotation } = state;
  if (rotation?.stage !== stage) throw new Error(`the rotation is not in stage ${stage}`);
  const known = since === undefined ? {} : { since };
  switch (stage) {
    case "fill":
      return {
        ...known,
        active: otherSlot(active),
        rotation: { stage: "switch", begun: rotation.begun },
      };
    case "switch": {
      const switched = now.toISOString();
      return {
        active,
        since: dayOf(now),
        rotation: { stage: "wait", begun: rotation.begun, switched },
      };
    }
    case "retire":
      return { ...known, active };
  }
}

/** The state of a secret whose old value is to be retired. @throws Error when it does not wait for that. */
export function retiring(state: SlotState, reason: string | undefined): SlotState {
  if (state.rotation?.stage !== "wait") throw new Error("nothing waits for its retirement");
  const { begun: since, switched } = state.rotation;
  return {
    ...state,
    rotation: {
      stage: "retire",
      begun: since,
      switched,
      ...(reason === undefined ? {} : { reason }),
    },
  };
}

/** UTC day of a time: `2026-11-24`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, "2026-11-24".length);
}
