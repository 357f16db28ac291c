import {
  isObject,
  isSequence,
  memberOf,
  Unknown,
  type ObjectValue,
  type Value,
} from "../values/value.ts";
import type { Behaviour, PlanView } from "./behaviour.ts";
import { ProviderFailure } from "./failure.ts";
import { comparableText, isZero } from "./zero.ts";

function textOf(values: ObjectValue | null): (name: string) => string {
  return (name) => {
    const value = memberOf(values ?? {}, name);
    return value instanceof Unknown ? "" : comparableText(value);
  };
}

function viewOf(prior: ObjectValue | null, planned: ObjectValue): PlanView {
  const exists = (name: string): boolean => {
    const value = memberOf(planned, name);
    return value !== null && !(value instanceof Unknown);
  };
  return {
    text: textOf(planned),
    before: textOf(prior),
    exists,
    has: (name) => exists(name) && !isZero(memberOf(planned, name)),
  };
}

/** Whether a list or set somewhere in the value holds a null. */
function holdsNullItem(value: Value): boolean {
  if (isSequence(value)) return value.some((item) => item === null || holdsNullItem(item));
  return isObject(value) && Object.values(value).some(holdsNullItem);
}

/**
 * Refuses what the real provider refuses while it plans.
 *
 * @throws ProviderFailure with the resource type's own sentence.
 */
export function checkPlan(
  behaviour: Behaviour,
  prior: ObjectValue | null,
  config: ObjectValue,
  planned: ObjectValue,
): void {
  if (holdsNullItem(config)) {
    throw new ProviderFailure("Null value found in list", {
      detail: "Null values are not allowed for this attribute value.",
    });
  }
  const problem = behaviour.custom_diff?.(viewOf(prior, planned));
  if (problem !== undefined) throw new ProviderFailure(problem);
}

/** Several checks as customdiff.All runs them: all of their sentences, in a list. */
export function allChecks(
  ...checks: readonly NonNullable<Behaviour["custom_diff"]>[]
): NonNullable<Behaviour["custom_diff"]> {
  return (plan) => {
    const problems = checks.flatMap((check) => check(plan) ?? []);
    if (problems.length === 0) return undefined;
    const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
    return `${count} occurred:\n${problems.map((problem) => `\t* ${problem}\n`).join("")}\n`;
  };
}
