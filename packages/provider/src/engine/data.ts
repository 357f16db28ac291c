import type { BlockSchema } from "../schemas/index.ts";
import { blockType } from "../values/block-type.ts";
import { equalValues } from "../values/equality.ts";
import {
  isPrimitiveType,
  memberType,
  namesOf,
  type CtyType,
  type NamedType,
} from "../values/type.ts";
import { isObject, memberOf, Unknown, type ObjectValue, type Value } from "../values/value.ts";
import type { Behaviour, TimeoutName } from "./behaviour.ts";
import { parseDuration } from "./duration.ts";
import { TIMEOUTS } from "./plan.ts";
import { orderSets } from "./set-order.ts";
import { fillZeros, isZero, zeroOf } from "./zero.ts";

/** The SDK's timeout for an operation that neither the resource type nor the configuration names. */
const DEFAULT_TIMEOUT_SECONDS = 20 * 60;

/** Plain data as an API gives it; null and undefined stand for the zero value. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** A block's content as plain data. */
export type PlainBlock = Readonly<Record<string, Plain>>;

function toValue(plain: Plain): Value {
  if (plain === undefined) return null;
  if (Array.isArray(plain)) return plain.map(toValue);
  if (typeof plain !== "object" || plain === null) return plain;
  return Object.fromEntries(Object.entries(plain).map(([name, held]) => [name, toValue(held)]));
}

function toPlain(value: Value): Plain {
  if (Array.isArray(value)) return value.map(toPlain);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, toPlain(held)]));
  }
  if (typeof value === "object" && value !== null) throw new TypeError("no plain form");
  return typeof value === "bigint" ? Number(value) : value;
}

/** What {@link ResourceData} is made of. */
export interface ResourceDataOptions {
  readonly block: BlockSchema;
  readonly behaviour: Behaviour;
  /** What is stored; null while creating. */
  readonly prior: ObjectValue | null;
  /** What is planned; the stored object itself while reading or deleting. */
  readonly planned: ObjectValue;
}

/**
 * A resource as its code sees it: what the provider SDK calls ResourceData. Absent and unknown values
 * read as zero values; what is written goes to the state, over what was planned.
 */
export class ResourceData {
  /** The object's id. Empty means that it does not exist. */
  id: string;
  /** While true, a failure leaves the stored state as it was. Else the planned values are stored. */
  partial = false;
  readonly isNew: boolean;
  readonly #options: ResourceDataOptions;
  readonly #type: NamedType;
  readonly #written = new Map<string, Value>();

  constructor(options: ResourceDataOptions) {
    this.#options = options;
    this.#type = blockType(options.block) as NamedType; // a block's type is always an object
    this.isNew = options.prior === null;
    const id = memberOf(options.prior ?? {}, "id");
    this.id = typeof id === "string" ? id : "";
  }

  #typeOf(name: string): CtyType {
    return memberType(this.#type, name);
  }

  #merged(name: string): Value {
    return this.#written.get(name) ?? memberOf(this.#options.planned, name);
  }

  #zeroFilled(name: string, value: Value): Value {
    return fillZeros(value, this.#typeOf(name));
  }

  #plain(name: string, value: Value): Plain {
    const filled = { [name]: this.#zeroFilled(name, value) };
    return toPlain(memberOf(orderSets(filled, this.#options.block), name));
  }

  /** The value, with zero values where nothing is known, and sets in the SDK's order. */
  get(name: string): Plain {
    return this.#plain(name, this.#merged(name));
  }

  /** The stored value, with zero values where there is none. */
  before(name: string): Plain {
    return this.#plain(name, memberOf(this.#options.prior ?? {}, name));
  }

  /** A text attribute. */
  text(name: string): string {
    const value = this.get(name);
    if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
    return value;
  }

  /** A number attribute. */
  number(name: string): number {
    const value = this.get(name);
    if (typeof value !== "number") throw new TypeError(`${name} is not a number`);
    return value;
  }

  /** A flag attribute. */
  flag(name: string): boolean {
    const value = this.get(name);
    if (typeof value !== "boolean") throw new TypeError(`${name} is not a flag`);
    return value;
  }

  /** A list or set of texts. */
  texts(name: string): readonly string[] {
    return textsOf(this.get(name));
  }

  /** The stored list or set of texts. */
  textsBefore(name: string): readonly string[] {
    return textsOf(this.before(name));
  }

  /** The blocks of a name. */
  blocks(name: string): readonly PlainBlock[] {
    return blocksOf(this.get(name));
  }

  /** Whether the value is known and not a zero value (the SDK's GetOk). */
  has(name: string): boolean {
    return this.exists(name) && !isZero(this.#merged(name));
  }

  /** Whether the value is known and not null (the SDK's GetOkExists). */
  exists(name: string): boolean {
    const value = this.#merged(name);
    return value !== null && !(value instanceof Unknown);
  }

  /** Whether any of the values differs from the stored one. */
  changed(...names: readonly string[]): boolean {
    return names.some((name) => {
      const before = this.#zeroFilled(name, memberOf(this.#options.prior ?? {}, name));
      return !equalValues(before, this.#zeroFilled(name, this.#merged(name)), this.#typeOf(name));
    });
  }

  /** Writes a value to the state. Null and missing members become zero values, as in the SDK. */
  set(name: string, value: Plain): void {
    this.#written.set(name, this.#zeroFilled(name, toValue(value)));
  }

  /** How long an operation may take, in seconds: the configured time, or the type's default. */
  timeoutSeconds(operation: TimeoutName): number {
    const configured = memberOf(memberOf(this.#options.planned, TIMEOUTS), operation);
    if (typeof configured === "string") return parseDuration(configured);
    return this.#options.behaviour.timeouts?.[operation] ?? DEFAULT_TIMEOUT_SECONDS;
  }

  /** A value that was stored and is no longer configured leaves a zero value behind. */
  #removed(name: string): Value {
    const type = this.#typeOf(name);
    const stored = memberOf(this.#options.prior ?? {}, name);
    return stored !== null && isPrimitiveType(type) ? zeroOf(type) : null;
  }

  #stateOf(name: string): Value {
    const { prior, planned } = this.#options;
    if (name === "id") return this.id;
    if (name === TIMEOUTS) return memberOf(planned, name);
    if (this.partial) return memberOf(prior ?? {}, name);
    const value = this.#merged(name);
    // Unknown blocks too, although Terraform itself never stores null for them: the SDK does when
    // the API said nothing about them.
    if (value instanceof Unknown) return null;
    return value === null ? this.#removed(name) : this.#zeroFilled(name, value);
  }

  /** What goes to the state; null when the object does not exist. */
  state(): ObjectValue | null {
    if (this.id === "") return null;
    return Object.fromEntries(namesOf(this.#type, {}).map((name) => [name, this.#stateOf(name)]));
  }
}

function isPlainBlock(value: Plain): value is PlainBlock {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The blocks of a list or set. */
export function blocksOf(value: Plain): readonly PlainBlock[] {
  return Array.isArray(value) ? value.filter(isPlainBlock) : [];
}

/** The texts of a list or set. */
export function textsOf(value: Plain): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A text inside a block; "" when there is none. */
export function textIn(block: PlainBlock, name: string): string {
  const value = block[name];
  return typeof value === "string" ? value : "";
}

/** A number inside a block; 0 when there is none. */
export function numberIn(block: PlainBlock, name: string): number {
  const value = block[name];
  return typeof value === "number" ? value : 0;
}

/** A flag inside a block; false when there is none. */
export function flagIn(block: PlainBlock, name: string): boolean {
  return block[name] === true;
}
