import type { Finding } from "../context/finding.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { SynthesizedStack } from "../terraform/synthesis.ts";
import type { Passwords } from "../verify/passwords.ts";
import type { AppFailure } from "./failure.ts";

/** What a deployment came to. */
export interface Attempt {
  readonly result: Exclude<LedgerEntry["result"], "running" | "rolled back">;
  /** Why it did not succeed, in a sentence or more. */
  readonly reason?: string;
  /** The app's active deployment, when the release is what runs. */
  readonly deployment?: string;
  /** Fingerprints of the passwords that it took, by user. */
  readonly passwords?: Passwords;
  readonly findings: readonly Finding[];
  /** The storage stack, when it was deployed once more after the app. */
  readonly storage?: SynthesizedStack;
  /** The sealed file, when it has to be committed. */
  readonly sealedFile?: string;
  /** The app's deployment that failed, if it is why. */
  readonly failure?: AppFailure;
}
