import type { AnyStack } from "../terraform/stack-kinds.ts";
import type { ReviewedResource, ReviewedStacks } from "./fingerprint.ts";

/** Where a plan is not what was reviewed. */
export interface Deviation {
  readonly address: string;
  /** The resource in a person's words. */
  readonly what: string;
  /** The field; empty where all of the resource is meant. */
  readonly path: string;
  /** What was reviewed. */
  readonly reviewed: string;
  /** What is planned now. */
  readonly planned: string;
}

/** How a plan compares with what was reviewed. */
export interface Comparison {
  /** What nobody reviewed. */
  readonly more: readonly Deviation[];
  /** What was reviewed, and is not to be done any more: somebody did it meanwhile. */
  readonly less: readonly Deviation[];
}

const nothing = "nothing of it";
const noChange = "no change";
const undecided = "not planned yet";

/**
 * Compares a plan with what was reviewed, field by field. A stack that is not planned is one in which nothing changes.
 */
export function compare(reviewed: ReviewedStacks, planned: ReviewedStacks): Comparison {
  const kinds = [...new Set([...Object.keys(reviewed), ...Object.keys(planned)])] as AnyStack[];
  const each = kinds.map((kind) => compareStack(reviewed[kind], planned[kind]));
  return { more: each.flatMap(({ more }) => more), less: each.flatMap(({ less }) => less) };
}

type Stack = ReviewedStacks[AnyStack];

function compareStack(reviewed: Stack, planned: Stack): Comparison {
  const before = new Map((reviewed?.changes ?? []).map((one) => [one.address, one]));
  const after = new Map((planned?.changes ?? []).map((one) => [one.address, one]));
  const named = new Set(reviewed?.later);
  const unnamed = (planned?.later ?? []).filter((address) => !named.has(address));
  const found = [...after.values()]
    // What was named as to be made may be made.
    .filter(({ address, action }) => !(named.has(address) && action === "create"))
    .map((now) => compareResource(before.get(now.address), now));
  const gone = [...before.values()].filter(({ address }) => !after.has(address));
  return {
    more: [...found.flatMap(({ more }) => more), ...unnamed.map(unnamedLater)],
    less: [...found.flatMap(({ less }) => less), ...gone.map(goneResource)],
  };
}

function compareResource(was: ReviewedResource | undefined, now: ReviewedResource): Comparison {
  const of = { address: now.address, what: now.what };
  if (was?.action !== now.action) {
    const reviewed = was?.action ?? nothing;
    return { more: [{ ...of, path: "", reviewed, planned: now.action }], less: [] };
  }
  const known = new Map(was.fields.map((field) => [field.path, field]));
  const planned = new Set(now.fields.map(({ path }) => path));
  return {
    more: now.fields.flatMap((field) => {
      const one = known.get(field.path);
      if (one && sameValue(one, field)) return [];
      const texts = one ? inWords(one, field) : { reviewed: noChange, planned: field.after };
      return [{ ...of, path: field.path, ...texts }];
    }),
    less: was.fields
      .filter(({ path }) => !planned.has(path))
      .map(({ path, after }) => ({ ...of, path, reviewed: after, planned: noChange })),
  };
}

type Field = ReviewedResource["fields"][number];

function sameValue(one: Field, other: Field): boolean {
  const marked = one.mark !== undefined && other.mark !== undefined;
  return marked ? one.mark === other.mark : one.after === other.after;
}

/** Both values; those that look the same, because they are hidden or cut, are said to be two. */
function inWords({ after: reviewed }: Field, { after: planned }: Field) {
  return { reviewed, planned: reviewed === planned ? `another ${planned}` : planned };
}

function unnamedLater(address: string): Deviation {
  return { address, what: "resource", path: "", reviewed: nothing, planned: undecided };
}

function goneResource({ address, what, action }: ReviewedResource): Deviation {
  return { address, what, path: "", reviewed: action, planned: noChange };
}
