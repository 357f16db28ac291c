import { isObject, isSequence, Unknown, UNKNOWN, type Value } from "../values/value.ts";

/**
 * The value with nothing known about what is unknown. The SDK's plans lose what Terraform already
 * knows of an unknown value, its prefix for example; a plan that kept it would bind the provider to
 * the configured text, which a normalised policy is not.
 */
export function withoutRefinements(value: Value): Value {
  if (value instanceof Unknown) return UNKNOWN;
  if (isSequence(value)) return value.map(withoutRefinements);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name, withoutRefinements(held)]),
  );
}
