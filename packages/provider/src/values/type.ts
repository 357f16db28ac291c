import { z } from "zod";
import type { PathStep } from "./path.ts";
import { ShapeError } from "./shape-error.ts";

/** A type whose values are taken by position: a list, a set or a tuple. */
export type SequenceType =
  readonly ["list", CtyType] | readonly ["set", CtyType] | readonly ["tuple", readonly CtyType[]];

/** A type whose values are taken by name: an object with fixed attributes, or a map. */
export type NamedType =
  readonly ["object", Readonly<Record<string, CtyType>>] | readonly ["map", CtyType];

/** The types that hold nothing else. */
export type PrimitiveType = "string" | "number" | "bool";

/**
 * A Terraform type as its provider schemas write it: a name, or a pair of a collection kind and
 * what it holds.
 *
 * The shape of every value follows its type, never the data: without it a set cannot be told from
 * a list, nor an object from a map.
 */
export type CtyType = PrimitiveType | "dynamic" | SequenceType | NamedType;

/**
 * Checks of a type written as JSON, as it stands in schema files and inside values of type
 * `dynamic`.
 *
 * The optional third element of an object type only says which attributes a *constraint* lets a
 * user leave out. A value always carries all of them, so it is accepted and dropped.
 */
export const ctyType: z.ZodType<CtyType> = z.lazy(() =>
  z.union([
    z.enum(["string", "number", "bool", "dynamic"]),
    z.tuple([z.literal("list"), ctyType]).readonly(),
    z.tuple([z.literal("set"), ctyType]).readonly(),
    z.tuple([z.literal("map"), ctyType]).readonly(),
    z.tuple([z.literal("tuple"), z.array(ctyType).readonly()]).readonly(),
    z
      .tuple([z.literal("object"), z.record(z.string(), ctyType).readonly()])
      .rest(z.array(z.string()))
      .transform(([kind, attributes]) => [kind, attributes] as const),
  ]),
);

/** Whether a type holds nothing else. */
export function isPrimitiveType(type: CtyType): type is PrimitiveType {
  return typeof type === "string" && type !== "dynamic";
}

/** Whether values of a type are taken by name. */
export function isNamedType(type: CtyType): type is NamedType {
  return type[0] === "object" || type[0] === "map";
}

/** Whether values of a type are taken by position. */
export function isSequenceType(type: CtyType): type is SequenceType {
  return type[0] === "list" || type[0] === "set" || type[0] === "tuple";
}

/** The names that a value of the type has: an object's attributes, or a map's own keys. */
export function namesOf(type: NamedType, value: object): readonly string[] {
  return Object.keys(type[0] === "object" ? type[1] : value);
}

/** The step from a value to what stands under a name. */
export function memberStep(type: NamedType, name: string): PathStep {
  return type[0] === "map" ? { key: name } : name;
}

/** The type of what stands under a name. */
export function memberType(type: NamedType, name: string): CtyType {
  if (type[0] === "map") return type[1];
  const member = type[1][name];
  if (member === undefined) throw new ShapeError(`the schema has no attribute ${name}`);
  return member;
}

/** The type of what stands at a position. */
export function itemType(type: SequenceType, position: number): CtyType {
  if (type[0] !== "tuple") return type[1];
  const item = type[1][position];
  if (item === undefined) throw new ShapeError(`the tuple has no element ${position}`);
  return item;
}

/** Longest type that is written out, in characters; of a longer one, such as a block's, only the kind is named. */
const longestType = 60;

/** What is said of a value that does not fit its type. It contains nothing of the value, which may be a secret. */
export function mismatch(value: unknown, type: CtyType): ShapeError {
  const text = typeof type === "string" ? type : JSON.stringify(type);
  const expected = text.length > longestType ? type[0] : text;
  const found = Array.isArray(value) ? "list" : typeof value;
  return new ShapeError(`expected ${expected}, found ${found}`);
}
