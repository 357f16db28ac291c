import type { AttributeSchema } from "../schemas/index.ts";
import { schemaPath, type PathStep } from "../values/path.ts";
import {
  isSequence,
  isWhollyKnown,
  itemsOf,
  Unknown,
  UNKNOWN,
  type Value,
} from "../values/value.ts";
import type { Behaviour, ReadText } from "./behaviour.ts";
import { comparableText, equivalent, zeroOf } from "./zero.ts";

/** A difference that the plan found, and whether it replaces the object. */
export interface PlannedChange {
  readonly path: readonly PathStep[];
  readonly replaces: boolean;
}

/** Where a value stands while it is planned. */
export interface Place {
  readonly path: readonly PathStep[];
  /**
   * The set around the value. Its elements have no address, so a difference inside is reported at
   * the set; and the SDK plans every attribute of a changed set anew, even an unchanged one.
   */
  readonly set: readonly PathStep[] | undefined;
}

/** Plans the values of one resource and remembers the differences found. */
export class Planner {
  readonly behaviour: Behaviour;
  /** Whether the object exists already. */
  readonly exists: boolean;
  readonly changes: PlannedChange[] = [];
  readonly #read: ReadText;

  constructor(behaviour: Behaviour, exists: boolean, read: ReadText) {
    this.behaviour = behaviour;
    this.exists = exists;
    this.#read = read;
  }

  /** Remembers a difference. */
  note(place: Place, differs = true): void {
    const forcesNew = this.behaviour.force_new?.includes(schemaPath(place.path)) === true;
    this.changes.push({ path: place.set ?? place.path, replaces: forcesNew && differs });
  }

  /** The value as the provider stores it. */
  normalised(place: Place, wanted: Value): Value {
    const normalise = this.behaviour.state_normalised?.[schemaPath(place.path)];
    return normalise !== undefined && typeof wanted === "string" ? normalise(wanted) : wanted;
  }

  /** Whether the provider does not act on a difference. */
  suppresses(place: Place, old: string, next: string): boolean {
    const suppression = this.behaviour.diff_suppressed?.[schemaPath(place.path)];
    return suppression?.(old, next, this.#read) === true;
  }
}

/** The stored value stays; only an empty or unknown text that the SDK would lose is put back. */
function keep(prior: Value, wanted: Value): Value {
  return prior === null && (wanted === "" || wanted instanceof Unknown) ? wanted : prior;
}

/** What a value becomes once it is known to differ; undefined when the SDK drops the difference. */
function changedTo(
  attribute: AttributeSchema,
  prior: Value,
  wanted: Value,
  next: string,
): Value | undefined {
  const computed = attribute.computed === true;
  if (wanted === null && prior !== null) return computed ? undefined : null;
  if (computed && next === "") return comparableText(prior) === "" ? UNKNOWN : undefined;
  // An absent text inside a set comes back as an empty one; any other absent value stays absent.
  return wanted === null && attribute.type === "string" ? "" : wanted;
}

/** A suppressed difference leaves the stored value, which inside a changed set is written out. */
function suppressedValue(place: Place, prior: Value, wanted: Value): Value {
  return place.set === undefined ? keep(prior, wanted) : (prior ?? "");
}

/** Whether an unchanged value needs no planning: it is settled, and no changed set is around it. */
function isSettled(planner: Planner, place: Place, attribute: AttributeSchema, old: string) {
  if (place.set !== undefined) return false;
  return old !== "" || planner.exists || attribute.computed !== true;
}

/**
 * Plans a primitive attribute as the provider SDK does (helper/schema/schema.go, diffString and
 * finalizeDiff, terraform-plugin-sdk 2.26.1): absent and empty are the same, a computed attribute
 * without a value keeps the old one or becomes unknown, a suppressed difference is none.
 */
export function planPrimitive(
  planner: Planner,
  place: Place,
  attribute: AttributeSchema,
  prior: Value,
  proposed: Value,
): Value {
  const wanted = planner.normalised(place, proposed);
  const absent = prior === null ? null : zeroOf(attribute.type);
  const [old, next] = [comparableText(prior), comparableText(wanted ?? absent)];
  const same = old === next && !(wanted instanceof Unknown);
  if (same && isSettled(planner, place, attribute, old)) return keep(prior, wanted);
  const changed = changedTo(attribute, prior, wanted, next);
  if (changed === undefined) return keep(prior, wanted);
  if (planner.suppresses(place, old, next)) return suppressedValue(place, prior, wanted);
  planner.note(place, !same || changed instanceof Unknown);
  return changed;
}

function isEmptySequence(value: Value): boolean {
  return isSequence(value) && value.length === 0;
}

/** What stays when a collection does not differ. The SDK loses an empty set, but not an empty list. */
function keepItems(attribute: AttributeSchema, prior: Value, wanted: Value): Value {
  return prior === null && attribute.type[0] === "list" && isEmptySequence(wanted) ? wanted : prior;
}

/**
 * What a collection becomes when the configuration does not decide it: an absent computed one keeps
 * what is stored, and so does a computed set whose configured value is not known yet.
 */
function undecided(attribute: AttributeSchema, prior: Value, wanted: Value): Value | undefined {
  if (attribute.computed !== true) return undefined;
  if (wanted === null) return prior ?? UNKNOWN;
  const kept = attribute.type[0] === "set" && itemsOf(prior).length > 0;
  return wanted instanceof Unknown && kept ? prior : undefined;
}

/**
 * Plans an attribute that is itself a collection (diffList, diffSet and diffMap). Removing it plans
 * an empty collection; one unknown item makes all of it unknown.
 */
export function planCollection(
  planner: Planner,
  place: Place,
  attribute: AttributeSchema,
  prior: Value,
  proposed: Value,
): Value {
  const left = undecided(attribute, prior, proposed);
  const wanted = isWhollyKnown(proposed) ? proposed : UNKNOWN;
  const planned = left ?? wanted;
  const same = left === prior || equivalent(prior, planned, attribute.type);
  if (same && place.set === undefined) return left ?? keepItems(attribute, prior, wanted);
  planner.note(place, !same);
  if (planned !== null) return planned;
  return isSequence(prior) || place.set !== undefined ? zeroOf(attribute.type) : null;
}
