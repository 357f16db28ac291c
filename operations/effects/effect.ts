/** How an argument is changed. */
export type ChangeKind =
  /** It gets another value. */
  | "set"
  /** It is left out, or null. */
  | "removed"
  /** It becomes an empty list or an empty text. */
  | "emptied"
  /** It becomes 0. */
  | "zero"
  /** It becomes less: a smaller size, an older version. */
  | "lowered"
  /** The same value, written in another way: case, order, unit. */
  | "respelled"
  /** The whole resource is taken out of the configuration. */
  | "resource removed";

/** What Terraform plans for a change. */
export type PlannedAction = "replaced" | "destroyed" | "in place" | "refused" | "nothing";

/** What comes of applying it, where that is not what was planned. */
export type ApplyOutcome =
  /** The platform refuses it, in the middle of the apply. */
  | "refused"
  /** It is never done, so that every plan shows the same difference again. */
  | "repeats"
  /** The rest of it comes with the next plan only. */
  | "lags";

/** What becomes of a resource that hangs on the changed one. */
export type Dragged = "replaced" | "updated";

/** What a change of an argument does. */
export interface EffectRow {
  /** Path without indexes: `maintenance_window.hour`; `*` is every argument, and everything inside of one. */
  readonly argument: string;
  /** Whether the row is about the whole argument alone, and not about what is inside of it. */
  readonly whole?: boolean;
  /** Kinds of change that the row is about; without it all of them. */
  readonly kinds?: readonly ChangeKind[];
  readonly planned: PlannedAction;
  /** Whether the project always writes the argument, because leaving it out would change nothing. */
  readonly always?: boolean;
  readonly outcome?: ApplyOutcome;
  /** Types of what else changes in the same plan. */
  readonly drags?: Readonly<Record<string, Dragged>>;
  /** Types of what changes only in the plan after it. */
  readonly lagging?: readonly string[];
  /** What it means to users and their data; absent where it means nothing to them. */
  readonly means?: string;
}

/** What the changes of a type of resource do. */
export interface TypeEffects {
  readonly type: string;
  /** What it means when the resource is destroyed and made again, for whatever reason. */
  readonly replaced?: string;
  /** What it means when the resource goes for good. */
  readonly destroyed?: string;
  /** The first row that fits counts. */
  readonly rows: readonly EffectRow[];
}
