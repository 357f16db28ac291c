import type { Value } from "../values/value.ts";

/** Reads a top-level attribute as text, as the provider SDK's `d.Get` gives it to such functions. */
export type ReadText = (name: string) => string;

/**
 * Whether a difference means nothing to the provider. Values come as text, as the SDK passes them:
 * "" for an absent one.
 */
export type Suppression = (old: string, wanted: string, read: ReadText) => boolean;

/** What is wrong with a configured value, or undefined. The path says which attribute is meant. */
export type ValueRule = (value: Value, path: string) => string | undefined;

/** A planned resource, as a check across attributes sees it. */
export interface PlanView {
  /** The planned value as text; "" when absent or unknown. */
  readonly text: ReadText;
  /** Whether the value is known and not empty, zero or false (the SDK's GetOk). */
  readonly has: (name: string) => boolean;
  /** Whether the value is known and not null (the SDK's GetOkExists). */
  readonly exists: (name: string) => boolean;
  /** The value before, as text. */
  readonly before: ReadText;
}

/**
 * What a resource type does that its schema does not say. Paths leave list positions out:
 * `spec.service.env.type`.
 *
 * Every row is the real provider's, read in its source or measured; where they differ, this table is
 * wrong. A path that the schema lacks is refused when the provider starts.
 */
export interface Behaviour {
  /** Attributes whose change replaces the object. */
  readonly force_new?: readonly string[];
  /** Values filled in where the configuration leaves them out. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** Differences that the provider does not act on. */
  readonly diff_suppressed?: Readonly<Record<string, Suppression>>;
  /** What the provider turns a configured text into before it compares or stores it. */
  readonly state_normalised?: Readonly<Record<string, (text: string) => string>>;
  /** Blocks that the API decides when the configuration has none. */
  readonly computed_blocks?: readonly string[];
  /** Rules for configured values. */
  readonly values_validated?: Readonly<Record<string, ValueRule>>;
  /** Collections that need some items where they are configured: Terraform checks that of blocks only. */
  readonly least_items?: Readonly<Record<string, number>>;
  /** Attributes that may not stand together. */
  readonly conflicts_with?: Readonly<Record<string, readonly string[]>>;
  /** What the provider says of an attribute or block that it would rather not see. */
  readonly deprecated?: Readonly<Record<string, string>>;
  /** Blocks on whose empty form (`{}`) the real provider crashes. */
  readonly crashes_when_empty?: readonly string[];
  /**
   * Attributes whose value after an apply may differ from the planned one, because the API answers
   * with something else. Without a row here such a difference is taken for a mistake of the rehearsal.
   */
  readonly answered_differently?: readonly string[];
  /** What the rehearsal does not do, and why. Configuring it is an error, never ignored. */
  readonly not_rehearsed?: Readonly<Record<string, string>>;
  /** How long an operation may take by default, in seconds. */
  readonly timeouts?: Readonly<Partial<Record<TimeoutName, number>>>;
  /** A check across attributes while planning: the sentence that stops the plan, or undefined. */
  readonly custom_diff?: (plan: PlanView) => string | undefined;
}

/** The operations that may have a timeout. */
export type TimeoutName = "create" | "read" | "update" | "delete";

/** The paths that a behaviour speaks of, to be checked against the schema. */
export function behaviourPaths(behaviour: Behaviour): readonly string[] {
  const lists = [
    behaviour.force_new,
    behaviour.computed_blocks,
    behaviour.crashes_when_empty,
    behaviour.answered_differently,
  ];
  const tables = [
    behaviour.defaults,
    behaviour.diff_suppressed,
    behaviour.state_normalised,
    behaviour.values_validated,
    behaviour.least_items,
    behaviour.conflicts_with,
    behaviour.deprecated,
    behaviour.not_rehearsed,
  ];
  return [
    ...lists.flatMap((list) => list ?? []),
    ...tables.flatMap((table) => Object.keys(table ?? {})),
    ...Object.values(behaviour.conflicts_with ?? {}).flat(),
  ];
}
