import type { Attempt } from "./attempts.ts";
import type { MutationKind } from "./mutations.ts";

/** One thing that the description says about requests, and whether the cloud agrees. */
export interface Check {
  readonly operation: string;
  readonly part: "body" | "query";
  readonly field: string;
  readonly kind: MutationKind;
  /** As JSON, cut where it is long; empty where a field was left out. */
  readonly value: string;
  /** Whether the cloud refuses what the description allows, or takes what it forbids; undefined where it agrees. */
  readonly difference?: "stricter" | "kinder";
  /** What the cloud answered. */
  readonly answer: string;
}

/** What became of an attempt. */
export function checkOf(attempt: Attempt): Check {
  const { operation, part, field, kind, value, isAllowed, reply } = attempt;
  const agrees = reply.status < 300 === isAllowed;
  return {
    operation,
    part,
    field,
    kind,
    value: kind === "as it is" || value === undefined ? "" : JSON.stringify(value).slice(0, 60),
    ...(agrees ? {} : { difference: isAllowed ? "stricter" : "kinder" }),
    answer: answerOf(attempt),
  };
}

function answerOf({ reply: { status, body } }: Attempt): string {
  const { message } = (body ?? {}) as { message?: unknown };
  return typeof message === "string" && status >= 300 ? `${status} ${message}` : String(status);
}
