import { endpoints } from "@mam-infra/cloud/digitalocean/endpoints";

import { answerChecks } from "./answers.ts";
import { attemptAll } from "./attempts.ts";
import { checkOf } from "./checks.ts";
import { describedName, description } from "./description.ts";
import { type Explanation, explanations } from "./differences.ts";

/** Something in which the cloud differs from the description. */
export interface Difference {
  readonly operation: string;
  /** `.spec.region` of a request, `answer.app.id` of an answer. */
  readonly field: string;
  /** `stricter: "FOO", 422 …`, for people. */
  readonly what: string;
  readonly value: string;
  /** Why it is meant; undefined for one that nobody explains. */
  readonly explanation: Explanation | undefined;
}

/** How far the cloud does what the description says. */
export interface Conformance {
  /** Operations that were asked. */
  readonly operations: readonly string[];
  /** How many things were tried in requests, and compared in answers. */
  readonly requests: Tally;
  readonly answers: Tally;
  readonly differences: readonly Difference[];
  /** Operations of the description that nobody here calls and nothing plays. */
  readonly others: readonly string[];
  /** What is played and not described. */
  readonly undescribed: readonly string[];
}

/** Counts. */
export interface Tally {
  readonly tried: number;
  readonly agreeing: number;
}

/** Asks the cloud everything, and compares. It takes some seconds. */
export function conformance(): Conformance {
  const attempts = attemptAll();
  const checks = attempts.map(checkOf);
  const compared = answerChecks(attempts);
  const differing = checks
    .filter(({ difference }) => difference !== undefined)
    .map(({ operation, field, kind, value, difference = "", answer }) =>
      explained({ operation, field, value, what: `${difference}: ${kind} ${value}, ${answer}` }),
    );
  const wrong = compared
    .filter(({ problem }) => problem !== "")
    .map(({ operation, field, problem }) =>
      explained({ operation, field: `answer${field}`, value: "", what: problem }),
    );
  return {
    operations: [...new Set(attempts.map(({ operation }) => operation))],
    requests: tally(checks.length, differing),
    answers: tally(compared.length, wrong),
    differences: [...differing, ...wrong],
    others: description.others,
    undescribed: endpoints
      .filter(({ method, path }) => describedName(method, path) === undefined)
      .map(({ method, path }) => `${method} ${path}`),
  };
}

const tally = (tried: number, differences: readonly Difference[]): Tally => ({
  tried,
  agreeing: tried - differences.length,
});

function explained(difference: Omit<Difference, "explanation">): Difference {
  return { ...difference, explanation: explanations.find((one) => explains(one, difference)) };
}

function explains(
  { operations, fields, values }: Explanation,
  { operation, field, value }: Omit<Difference, "explanation">,
): boolean {
  return (
    operations.some((pattern) => matches(pattern, operation)) &&
    fields.some((pattern) => matches(pattern, field)) &&
    (values === undefined || values.includes(value))
  );
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.[\]{}()+?^$|\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
