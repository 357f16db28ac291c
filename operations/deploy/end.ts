import type { Analysis } from "../analysis/signal.ts";
import type { Finding } from "../context/finding.ts";
import type { LedgerEntry, Verified } from "../ledger/entry.ts";
import type { Passwords } from "../verify/passwords.ts";
import type { AppFailure } from "./failure.ts";

/** What a deployment came to. */
export interface DeploymentEnd {
  readonly result: Exclude<LedgerEntry["result"], "running" | "rolled back">;
  /** Why it did not succeed, in a sentence or more. */
  readonly reason?: string;
  /** Fingerprints of the passwords that it took, by user. */
  readonly passwords?: Passwords;
  readonly findings: readonly Finding[];
  /** What verify made of it, if it came so far. */
  readonly verified?: Verified;
  /** What watching it came to, where it was watched. */
  readonly analysis?: Analysis;
  /** The sealed file, when it has to be committed. */
  readonly sealedFile?: string;
  /** The app's deployment that failed, if it is why. */
  readonly failure?: AppFailure;
}

/** The end of a deployment whose app failed. */
export function endOfFailure(failure: AppFailure): DeploymentEnd {
  const steps = failure.failed.map(
    ({ component = "the app", reason }) => `${component}: ${reason}`,
  );
  const reason = [`deployment ${failure.deployment} failed`, ...steps].join("; ");
  return { result: "failed", reason, findings: [], failure };
}

/** Whether a release is one that the last good one follows, where somebody asked for that: it failed, or turned red. */
export function isTakenBack({ failure, analysis }: DeploymentEnd): boolean {
  return failure !== undefined || analysis?.outcome === "turned red";
}
