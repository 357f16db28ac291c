import { type Slot, type SlottedName, otherSlot } from "../../../environments/schema/rotation.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { Session } from "../../context/session.ts";
import type { Replaced } from "../retired/retired-file.ts";
import type { Stage } from "./stages.ts";

/** One secret in one stage of its rotation. */
export interface Turn {
  readonly name: SlottedName;
  /** The slot that the stage changes. */
  readonly slot: Slot;
}

type Obstacle = (session: Session, turn: Turn) => Promise<string | undefined>;

/** What a stage of a rotation does, for one kind of secret. */
export interface StageOfKind {
  /** What it changes, as the end of a sentence that begins with "changes". */
  readonly changes: (config: EnvironmentConfig, turn: Turn) => string;
  /**
   * What speaks against doing it now. The files say which slot is active, and what runs may be something else: after the
   * platform's own rollback, or a deployment that failed.
   */
  readonly obstacle?: Obstacle;
  /**
   * Does what has to be done before the deployment, and returns the values that the deployment supplies, by the name of
   * their variable. It may be done any number of times.
   */
  readonly prepare: (session: Session, turn: Turn) => Promise<Readonly<Record<string, string>>>;
  /** Values that it replaces and that must never come back; none without it. */
  readonly replaces?: (session: Session, turn: Turn) => readonly Replaced[];
  /** Whether a deployment belongs to it. */
  readonly deploys: boolean;
  /**
   * Looks whether all of it holds now, and returns what does not.
   *
   * @param values what was supplied.
   */
  readonly objection: (
    session: Session,
    turn: Turn,
    values: Readonly<Record<string, string>>,
  ) => Promise<string | undefined>;
}

/** How a kind of secret is rotated: what each stage does. Adding a kind is adding one of these. */
export type KindOfSecret = Readonly<Record<Stage, StageOfKind>>;

/** The obstacle to changing what is in a slot: that the app does not run with the other one. */
export function unlessOtherRuns(runs: StageOfKind["objection"]): Obstacle {
  return (session, turn) => runs(session, { ...turn, slot: otherSlot(turn.slot) }, {});
}

/** For a stage that has nothing to prepare. */
export const nothingToPrepare = () => Promise.resolve({});
