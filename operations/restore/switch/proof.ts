import type { Session } from "../../context/session.ts";
import type { Restore } from "../../ledger/restores.ts";
import { type Cluster, clusterNamed } from "../cluster/make.ts";
import { proveCluster } from "../cluster/prove.ts";
import { databaseOf } from "../cluster/restored.ts";
import type { Proof } from "../database/comparison.ts";
import { fetchDump } from "../database/dump.ts";
import { proofsOf } from "../database/prove.ts";

/** Proves the cluster that is moved to: against its manifest where it came from a dump, else against the one that runs. */
export async function proveTarget(
  session: Session,
  restore: Restore,
  cluster: Cluster,
): Promise<readonly Proof[]> {
  const { point, source } = restore;
  if (point.kind === "dump") {
    const fetched = await fetchDump(session, point.dump);
    return proofsOf(session, await databaseOf(session, cluster), fetched);
  }
  const running = await clusterNamed(session, source.name);
  if (running) return proveCluster(session, restore, cluster, running);
  return [{ what: "compared with what runs", problems: [`${source.name} is not there any more`] }];
}
