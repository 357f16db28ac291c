import { type Description, type Finding, hasErrors } from "./finding.ts";

/** Something that a check saw and that is not as expected. */
export interface Violation {
  readonly resource: string;
  readonly expected: string;
  readonly found: string;
  /** What mends exactly this, where the check's own sentence is not exact enough. */
  readonly fix?: string;
}

/** A check: a description, and how it is made. Adding one is adding a row. */
export interface Check<Context> extends Description {
  /**
   * Looks, and returns what is not as expected: nothing when all is well.
   *
   * @throws CheckSkipped when it cannot be made here, with the reason.
   */
  readonly run: (context: Context) => Promise<readonly Violation[]> | readonly Violation[];
}

/** Thrown by a check that cannot be made here; the message says why, and what would make it possible. */
export class CheckSkipped extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "CheckSkipped";
  }
}

/** What a check came to. */
export interface CheckResult {
  readonly id: string;
  readonly what: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it was skipped. */
  readonly reason?: string;
  readonly findings: readonly Finding[];
}

/** What a check came to, where a warning is not a failure. */
export type Verdict = "passed" | "warned" | "failed" | "skipped";

/** The verdict on a check: it failed when one of its findings is an error. */
export function verdictOf({ outcome, findings }: CheckResult): Verdict {
  if (outcome !== "failed") return outcome;
  return hasErrors(findings) ? "failed" : "warned";
}

/** What all checks came to. */
export interface CheckReport {
  /** Whether there is no error. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly results: readonly CheckResult[];
}

/**
 * Makes all checks side by side. Every one is reported, whatever becomes of the others; one that fails to get its
 * answer is a finding, because nobody may take silence for health.
 *
 * @param ended called as each check ends, to show progress.
 */
export async function runChecks<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  ended: (result: CheckResult) => void = () => undefined,
): Promise<CheckReport> {
  const results = await Promise.all(
    checks.map(async (check) => {
      const result = await runCheck(check, context);
      ended(result);
      return result;
    }),
  );
  const findings = results.flatMap((result) => result.findings);
  return { ok: !hasErrors(findings), findings, results };
}

async function runCheck<Context>(check: Check<Context>, context: Context): Promise<CheckResult> {
  const { id, what } = check;
  try {
    const violations = await check.run(context);
    const findings = violations.map((violation) => findingOf(check, violation));
    return { id, what, outcome: findings.length > 0 ? "failed" : "passed", findings };
  } catch (error) {
    if (error instanceof CheckSkipped) {
      return { id, what, outcome: "skipped", reason: error.message, findings: [] };
    }
    const unanswered = findingOf(check, {
      resource: what,
      expected: "an answer",
      found: error instanceof Error ? error.message : String(error),
      fix: "make the check again; if it stays, the message says which platform did not answer",
    });
    return { id, what, outcome: "failed", findings: [unanswered] };
  }
}

function findingOf({ id, severity, fix }: Description, violation: Violation): Finding {
  return { id, severity, fix, ...violation };
}

/** A report in one line, for progress: `34 passed, 1 warned, 2 skipped`. */
export function countedResults({ results }: CheckReport): string {
  const verdicts: readonly Verdict[] = ["passed", "warned", "failed", "skipped"];
  return verdicts
    .map((verdict) => ({
      verdict,
      count: results.filter((one) => verdictOf(one) === verdict).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${verdict}`)
    .join(", ");
}
