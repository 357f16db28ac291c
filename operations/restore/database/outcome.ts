import { ageOf } from "../../context/age.ts";
import type { Outcome } from "../../context/outcome.ts";
import type { Proof } from "./comparison.ts";
import type { Proved } from "./prove.ts";

/** What was compared, a line each, and below it what is not as it was. */
export function proofLines(proofs: readonly Proof[]): string[] {
  return proofs.flatMap(({ what, problems, judged = true }) => [
    `  ${problems.length > 0 ? "✗" : judged ? "✓" : "–"} ${what}`,
    ...problems.map((problem) => `    ${problem}`),
  ]);
}

/** Everything that is not as it was. */
export const problemsOf = (proofs: readonly Proof[]) => proofs.flatMap(({ problems }) => problems);

/** What a proof came to, for people and for machines. */
export function provedOutcome(proved: Proved, now: Date): Outcome {
  const { manifest, proofs, left, seconds } = proved;
  const problems = problemsOf(proofs);
  const ok = problems.length === 0;
  const took = `${seconds.toFixed(0)} s`;
  const age = ageOf(new Date(manifest.takenAt), now);
  return {
    ok,
    data: {
      dump: manifest.id,
      recoveryPoint: manifest.takenAt,
      seconds: Math.round(seconds),
      bytes: manifest.bytes,
      left,
      proofs,
    },
    text: [
      `The dump ${manifest.id}, ${manifest.bytes} bytes of PostgreSQL ${manifest.server}, restored beside what runs:`,
      ...proofLines(proofs),
      ...left.map((entry) => `  – left to the platform: ${entry}`),
      `recovery point  ${manifest.takenAt}, ${age} ago`,
      `time to restore ${took}, fetching and comparing included; all of it is removed again`,
      ok ? "The dump is proved." : `The dump is not proved: ${problems.length} differences.`,
      "",
    ].join("\n"),
  };
}
