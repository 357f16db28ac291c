import { hostname } from "node:os";

import { resourceName } from "../../../constructs/naming.ts";
import { isRunning, processNow } from "../../context/holder.ts";
import { platformNow } from "../../context/platform-time.ts";
import type { Session } from "../../context/session.ts";
import { entryId, whoOf } from "../../ledger/author.ts";
import { ledgerOf } from "../../ledger/place.ts";
import { type Restore, deadProofs, readRestores, recordRestore } from "../../ledger/restores.ts";
import { ownClusters } from "../../platform/own-clusters.ts";
import { RestoreRefused } from "../refused.ts";
import { type Cluster, removeCluster } from "./make.ts";
import { leaveRunning } from "./prove.ts";

/** Longest name of a cluster. */
const longestName = 63;

/**
 * Name of a cluster that is made for a restore: `mam-production-restored-20261129-041200-9f3a`. It is unlike every name that
 * the stacks make.
 */
export function restoredName({ environment: { config } }: Session, id: string): string {
  const own = `-${id}`;
  return `${resourceName(config, "restored").slice(0, longestName - own.length)}${own}`;
}

/** The cluster that runs. @throws RestoreRefused when there is none: there is nothing to go back from. */
export async function runningCluster(session: Session): Promise<Cluster> {
  const { clients, environment } = session;
  const { postgres } = await ownClusters(clients.digitalOcean(), environment.config);
  if (postgres) return postgres;
  throw new RestoreRefused(
    `${environment.config.name} has no PostgreSQL cluster. Where it was deleted, DigitalOcean's backups went with it.\n  fix: mam deploy <environment> makes a new one, and mam restore <environment> database --switch --to latest moves to a dump`,
  );
}

/** This process, as the history names it. */
export const thisProcess = (): Restore["process"] => ({
  host: hostname(),
  ...processNow(process.pid),
});

/** Begins the entry of a restore. */
export function newRestore(
  session: Session,
  what: Pick<Restore, "kind" | "to" | "point" | "address" | "unproved"> & {
    readonly source: Cluster;
    readonly cluster?: Restore["cluster"];
  },
): Restore {
  const begun = platformNow(session.endpoints);
  const id = entryId(begun);
  const { source, cluster = { name: restoredName(session, id) }, ...rest } = what;
  return {
    id,
    who: whoOf(session),
    process: thisProcess(),
    begun: begun.toISOString(),
    source: { id: source.id, name: source.name },
    cluster,
    done: [],
    result: "running",
    ...rest,
  };
}

/** Writes how a restore ended, and leaves the cluster that runs where no other one needs it. */
export async function recordEnd(
  session: Session,
  restore: Restore,
  result: Restore["result"],
): Promise<void> {
  const ended = platformNow(session.endpoints).toISOString();
  await recordRestore(ledgerOf(session), { ...restore, result, ended });
  await leaveRunning(session, restore);
}

/** Removes clusters of proofs whose process was killed, and says so. */
export async function removeDead(session: Session): Promise<void> {
  const here = { now: platformNow(session.endpoints), host: hostname(), isRunning };
  for (const dead of deadProofs(await readRestores(ledgerOf(session)), here)) {
    await removeCluster(session, dead);
    await leaveRunning(session, dead);
    await recordEnd(session, dead, "removed");
    session.output.tell(`removed ${dead.cluster.name}, which a killed proof of ${dead.who} left\n`);
  }
}
