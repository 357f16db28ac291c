import { ageOf } from "../../context/age.ts";
import type { Outcome } from "../../context/outcome.ts";
import type { Proved } from "./prove.ts";

/** What a proof came to, for people and for machines. */
export function provedOutcome(proved: Proved, now: Date): Outcome {
  const { manifest, proofs, left, seconds } = proved;
  const problems = proofs.flatMap((proof) => proof.problems);
  const ok = problems.length === 0;
  const lines = proofs.flatMap(({ what, problems: own }) => [
    `  ${own.length === 0 ? "✓" : "✗"} ${what}`,
    ...own.map((problem) => `    ${problem}`),
  ]);
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
      ...lines,
      ...left.map((entry) => `  – left to the platform: ${entry}`),
      `recovery point  ${manifest.takenAt}, ${age} ago`,
      `time to restore ${took}, fetching and comparing included; all of it is removed again`,
      ok ? "The dump is proved." : `The dump is not proved: ${problems.length} differences.`,
      "",
    ].join("\n"),
  };
}
