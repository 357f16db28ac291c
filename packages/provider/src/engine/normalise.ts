import {
  isNamedType,
  isSequenceType,
  itemType,
  memberType,
  namesOf,
  type CtyType,
  type NamedType,
  type SequenceType,
} from "../values/type.ts";
import {
  isObject,
  isSequence,
  isWhollyKnown,
  itemAt,
  memberOf,
  Unknown,
  type ObjectValue,
  type Value,
} from "../values/value.ts";

function isEmptyCollection(value: Value): boolean {
  if (isSequence(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function restoreItems(applied: Value, planned: Value, type: SequenceType): Value {
  // The SDK cannot put a set together again, so it takes the planned one for what was applied. This
  // is why a secret of an app's `env` set stays in the state as it was planned, although the API
  // answered with its ciphertext.
  if (type[0] === "set") return isWhollyKnown(planned) ? planned : applied;
  if (!isSequence(applied) || !isSequence(planned) || applied.length !== planned.length) {
    return applied;
  }
  return applied.map((item, at) => restorePlanned(item, itemAt(planned, at), itemType(type, at)));
}

function restoreMembers(applied: ObjectValue, planned: ObjectValue, type: NamedType): Value {
  return Object.fromEntries(
    namesOf(type, applied).map((name) => [
      name,
      restorePlanned(memberOf(applied, name), memberOf(planned, name), memberType(type, name)),
    ]),
  );
}

/** Whether one is null and the other an empty collection, which the SDK cannot tell apart. */
function differOnlyByEmptiness(applied: Value, planned: Value, type: CtyType): boolean {
  if (typeof type === "string" || type[0] === "object" || type[0] === "tuple") return false;
  return applied === null
    ? isEmptyCollection(planned)
    : planned === null && isEmptyCollection(applied);
}

function restoreKnown(applied: Value, planned: Value, type: CtyType): Value {
  if (isSequenceType(type)) return restoreItems(applied, planned, type);
  if (!isNamedType(type)) return applied === null && planned === "" ? planned : applied;
  return isObject(applied) && isObject(planned) ? restoreMembers(applied, planned, type) : applied;
}

/**
 * Puts back what the SDK loses while it applies: the difference between null and empty, and the
 * elements of sets (normalizeNullValues in helper/schema/grpc_provider.go, terraform-plugin-sdk
 * 2.26.1).
 */
export function restorePlanned(applied: Value, planned: Value, type: CtyType): Value {
  if (differOnlyByEmptiness(applied, planned, type)) return planned;
  if (planned === null || planned instanceof Unknown || applied instanceof Unknown) return applied;
  return restoreKnown(applied, planned, type);
}
