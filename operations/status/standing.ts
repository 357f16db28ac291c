import type { Session } from "../context/session.ts";
import { disagreements } from "../verify/comparison.ts";
import { boughtComparisons, trustedSourceComparison } from "../verify/databases.ts";
import { storageComparisons } from "../verify/storage.ts";
import { askStorage } from "../platform/observed-storage.ts";
import type { Glance } from "./glance.ts";

/** What `mam verify` would find about the clusters, and who may reach the database, a sentence each: nothing more is asked for it. */
export function dataDifferences(
  { environment: { config } }: Session,
  found: Pick<Glance, "postgres" | "valkey">,
): string[] {
  return disagreements([
    ...boughtComparisons(config, found),
    trustedSourceComparison(
      config,
      { key: "postgres", name: "PostgreSQL" },
      found.postgres?.trustedSources,
    ),
  ]);
}

/** What `mam verify` would find about buckets and users, without trying what they may do. @throws CheckSkipped without Wasabi's keys. */
export async function storageDifferences(session: Session): Promise<string[]> {
  return disagreements(storageComparisons(session.environment, await askStorage(session)));
}
