import type { Schema } from "../../../conformance/description.ts";
import { sampleOf } from "../../../conformance/mutations.ts";
import { flat } from "../../../conformance/schemas.ts";

/** What a person makes of a field. */
export type EditKind = "changed" | "set" | "added" | "left out" | "removed";

/** A member of an object, or an element of a list. */
type Step = string | number;

/** One field of what a form sends, and what may be made of it. */
export interface Edit {
  /** Where it is, elements of lists by their names: `spec.services[api].instance_count`. */
  readonly field: string;
  /** The same for every element: `spec.services[].instance_count`. */
  readonly pattern: string;
  readonly kind: EditKind;
  /** Values, the most sensible first: one of them has to be taken. Empty where something goes. */
  readonly candidates: readonly unknown[];
  readonly path: readonly Step[];
}

/** Values that make sense in a field, by its pattern: a generated text is no region, no size and no address. */
export type Sensible = (pattern: string) => readonly unknown[];

type Place = Pick<Edit, "field" | "pattern" | "path">;

interface Known {
  readonly sensible: Sensible;
  /** Whether what is left out is taken away, and not left as it is. */
  readonly replaces: boolean;
}

/** Every change of one field that a description allows of what stands: another value, one where there was none, and none. */
export function editsOf(schema: Schema, standing: unknown, known: Known): Edit[] {
  return within(schema, standing, { field: "", pattern: "", path: [] }, known);
}

function within(schema: Schema, value: unknown, place: Place, known: Known): Edit[] {
  const flatted = flat(schema, value);
  if (flatted.readOnly === true) return [];
  if (Array.isArray(value)) return inList(flatted, value, place, known);
  if (isFields(value)) return inObject(flatted, value, place, known);
  const candidates = otherValues(flatted, value, known.sensible(place.pattern));
  return [{ ...place, kind: "changed", candidates }];
}

function inObject(
  { properties = {}, required = [] }: Schema,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  known: Known,
): Edit[] {
  return Object.entries(properties).flatMap(([name, part]) => {
    // Who changes what names an element takes that one away and adds another, which is tried by itself.
    if (typeof place.path.at(-1) === "number" && identityOf(value) === name) return [];
    const inner = member(place, name);
    const { [name]: present } = value;
    if (present === undefined || present === null) return set(part, inner, known);
    const goes = known.replaces && !required.includes(name) && isOneThing(part, present);
    return [
      ...within(part, present, inner, known),
      ...(goes ? [{ ...inner, kind: "left out" as const, candidates: [] }] : []),
    ];
  });
}

/** Whether it goes as a whole: a list goes element by element, and what has one field goes with that. */
function isOneThing(part: Schema, value: unknown): boolean {
  if (flat(part, value).readOnly === true) return false;
  if (Array.isArray(value)) return !value.some(isFields);
  return !isFields(value) || Object.keys(value).length > 1;
}

function set(part: Schema, place: Place, { sensible }: Known): Edit[] {
  if (flat(part, undefined).readOnly === true) return [];
  const { type, enum: values = [], minimum = 0 } = flat(part, undefined);
  // What stands first, or is nothing, is what is there anyway.
  const number = type === "integer" || type === "number" ? [Math.max(minimum, 0) + 1] : [];
  const likely = type === "boolean" ? [true] : [...number, ...values.toReversed()];
  const all = [...likely, ...sensible(place.pattern), sampleOf(part)];
  const candidates = all.filter((one) => one !== null && !isEmpty(one));
  return [{ ...place, kind: "set", candidates }];
}

function inList(schema: Schema, list: readonly unknown[], place: Place, known: Known): Edit[] {
  const { items } = schema;
  if (!items) return [];
  const inner = list.flatMap((element, index) => {
    // Elements that have the same fields are treated alike: the first of them speaks for all.
    if (list.findIndex((one) => shapeOf(one) === shapeOf(element)) < index) return [];
    const at = elementAt(place, element, index);
    return [
      // A plain value is changed by one that goes and one that comes.
      ...(isFields(element) ? within(items, element, at, known) : []),
      { ...at, kind: "removed" as const, candidates: [] },
    ];
  });
  const first = elementAt(place, undefined, list.length);
  const candidates = [
    ...known.sensible(first.pattern),
    ...flatOne(known.sensible(place.pattern)),
    ...(flat(items, list[0]).enum ?? []),
    sampleOf(items),
  ];
  const others = candidates.filter((one) => !list.some((element) => isSame(element, one)));
  return [...inner, { ...first, kind: "added", candidates: others }];
}

const shapeOf = (element: unknown) =>
  isFields(element) ? JSON.stringify([Object.keys(element).sort(), element.type]) : "";

const flatOne = (lists: readonly unknown[]): unknown[] =>
  lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));

const member = ({ field, pattern, path }: Place, name: string): Place => ({
  field: field === "" ? name : `${field}.${name}`,
  pattern: pattern === "" ? name : `${pattern}.${name}`,
  path: [...path, name],
});

const elementAt = ({ field, pattern, path }: Place, element: unknown, index: number): Place => ({
  field: `${field}[${element === undefined ? "+" : (nameOf(element) ?? index)}]`,
  pattern: `${pattern}[]`,
  path: [...path, index],
});

/** What tells elements of a list apart, for people and for Terraform. */
const identities = ["key", "name", "domain", "rule", "value"] as const;

/** What an element of a list is called; undefined where nothing tells it from others. */
export function nameOf(element: unknown): string | undefined {
  if (!isFields(element)) return typeof element === "string" ? element : undefined;
  const identity = identityOf(element);
  return identity === undefined ? undefined : String(element[identity]);
}

const identityOf = (element: Readonly<Record<string, unknown>>) =>
  identities.find((one) => typeof element[one] === "string");

/** Values of the field's kind that are not the one that stands. */
function otherValues(schema: Schema, value: unknown, sensible: readonly unknown[]): unknown[] {
  const all = [...(schema.enum ?? []), ...sensible, ...generated(schema, value)];
  return all.filter((one) => one !== null && !isSame(one, value) && !isEmpty(one));
}

function generated({ minimum, maximum }: Schema, value: unknown): unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "string") return [`${value}x`, `${value}-x`, `${value}/x`];
  if (typeof value !== "number") return [];
  const near = [value + 1, value - 1, value * 2, value / 2, minimum, maximum];
  return near.filter(
    (one) => one !== undefined && one >= (minimum ?? 0) && one <= (maximum ?? Infinity),
  );
}

/** What is put where something goes, until the body is sent: what comes after it keeps its place. */
const gone = Symbol("gone");

/** A body with one edit made; undefined where the place is not there any more. */
export function edited(
  body: unknown,
  { path, candidates }: Pick<Edit, "path" | "candidates">,
  candidate: unknown,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return candidate;
  if (body === gone || typeof body !== "object" || body === null) return undefined;
  const inner: unknown = Reflect.get(body, step);
  const value =
    rest.length > 0
      ? edited(inner, { path: rest, candidates }, candidate)
      : candidates.length > 0
        ? candidate
        : gone;
  if (value === undefined) return undefined;
  const copy: object = Array.isArray(body) ? [...(body as unknown[])] : { ...body };
  Reflect.set(copy, step, value);
  return copy;
}

/** A body as it is sent. */
export function sent(body: unknown): unknown {
  if (Array.isArray(body)) return body.filter((one) => one !== gone).map(sent);
  if (!isFields(body)) return body;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (value === gone ? [] : [[name, sent(value)]])),
  );
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const isEmpty = (value: unknown) =>
  value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
