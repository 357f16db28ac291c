import type { Session } from "../context/session.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { disagreements } from "../verify/comparison.ts";
import { dataComparisons } from "../verify/data.ts";
import { networkComparisons } from "../verify/network.ts";
import { passwordsOf, renewedUsers, takenBy } from "../verify/passwords.ts";
import { storageComparisons } from "../verify/storage.ts";
import { askStorage } from "../platform/observed-storage.ts";
import type { ObservedState } from "../platform/observed-state.ts";
import type { Part } from "./part.ts";

/** What `mam verify` would find about network and databases, a sentence each: nothing more is asked for it. */
export function dataDifferences(
  { environment: { config } }: Session,
  observed: ObservedState,
  ledger: Part<readonly LedgerEntry[]>,
): string[] {
  const entries = ledger.state === "known" ? ledger.value : [];
  const taken = takenBy(entries, observed.app?.active_deployment?.id);
  return [
    ...disagreements([
      ...networkComparisons(config, observed),
      ...dataComparisons(config, observed),
    ]),
    ...renewedUsers(taken, passwordsOf(observed)).map(
      (user) => `the password of ${user} is newer than the app's deployment`,
    ),
  ];
}

/** What `mam verify` would find about buckets and users, without trying what they may do. @throws CheckSkipped without Wasabi's keys. */
export async function storageDifferences(session: Session): Promise<string[]> {
  return disagreements(storageComparisons(session.environment, await askStorage(session)));
}
