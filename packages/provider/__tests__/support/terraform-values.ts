import { formatNumber } from "../../src/values/number.ts";
import { isNamedType, itemType, memberType, namesOf, type CtyType } from "../../src/values/type.ts";
import {
  Dynamic,
  isObject,
  isSequence,
  Unknown,
  type ObjectValue,
  type Value,
} from "../../src/values/value.ts";

/** Expressions that Terraform cannot know before `terraform_data.later` exists, by type. */
const unknownExpressions = {
  string: "${terraform_data.later.id}",
  number: "${length(terraform_data.later.id)}",
  bool: '${terraform_data.later.id == ""}',
};

/** A value as Terraform's JSON syntax writes it; numbers keep every digit. */
export function configurationText(value: Value, type: CtyType): string {
  if (value === null) return "null";
  if (value instanceof Dynamic) return configurationText(value.value, value.type);
  if (value instanceof Unknown) {
    return JSON.stringify(unknownExpressions[type as keyof typeof unknownExpressions]);
  }
  if (isSequence(value)) {
    const items = value.map((item, at) => configurationText(item, itemType(type as never, at)));
    return `[${items.join(",")}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([name, held]) =>
        `${JSON.stringify(name)}:${configurationText(held, memberType(type as never, name))}`,
    );
    return `{${members.join(",")}}`;
  }
  return typeof value === "string" || typeof value === "boolean"
    ? JSON.stringify(value)
    : formatNumber(value);
}

/** The type that Terraform gives to a literal for which the schema names none. */
function literalType(value: Value): CtyType {
  if (value === null) return "dynamic";
  if (isSequence(value)) return ["tuple", value.map(literalType)];
  if (isObject(value)) {
    return [
      "object",
      Object.fromEntries(Object.entries(value).map(([name, held]) => [name, literalType(held)])),
    ];
  }
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "bool" : "number";
}

/** A dynamic value as Terraform makes it of a literal. */
function asLiteral(value: Dynamic): Dynamic {
  return new Dynamic(literalType(value.value), value.value);
}

/**
 * A value as plain data that is equal exactly when Terraform takes two values for the same: sets without order and
 * repetition, text in its normal form, numbers by their digits, what is unknown by a mark.
 */
export function comparable(value: Value, type: CtyType): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (value instanceof Unknown) return { unknown: true };
  if (value instanceof Dynamic) {
    return { type: value.type, value: comparable(value.value, value.type) };
  }
  if (typeof value === "string") return value.normalize("NFC");
  if (isSequence(value)) return comparableItems(value, type);
  return isObject(value) ? comparableMembers(value, type) : { digits: formatNumber(value) };
}

function comparableItems(value: readonly Value[], type: CtyType): unknown {
  const items = value.map((item, at) => comparable(item, itemType(type as never, at)));
  return type[0] === "set" ? [...new Set(items.map((item) => JSON.stringify(item)))].sort() : items;
}

function comparableMembers(value: ObjectValue, type: CtyType): unknown {
  return Object.fromEntries(
    namesOf(type as never, value)
      .map(
        (name) => [name, comparable(value[name] ?? null, memberType(type as never, name))] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** What is expected of Terraform for a generated value. */
export function expected(value: Value, type: CtyType): unknown {
  const made = (held: Value, of: CtyType): Value => {
    if (held instanceof Dynamic) return asLiteral(held);
    if (isSequence(held)) return held.map((item, at) => made(item, itemType(of as never, at)));
    if (!isObject(held) || !isNamedType(of)) return held;
    return Object.fromEntries(
      Object.entries(held).map(([name, member]) => [name, made(member, memberType(of, name))]),
    );
  };
  return comparable(made(value, type), type);
}
