import { setTimeout } from "node:timers/promises";

import type { z } from "zod";

import type { databaseCluster } from "@mam-infra/clients/digitalocean/databases";
import { refusedWith } from "@mam-infra/clients/digitalocean/error";

import type { Session } from "../../context/session.ts";
import { rulesOf } from "../../access/trusted-sources.ts";
import type { Restore } from "../../ledger/restores.ts";
import { everyPage } from "../../platform/every-page.ts";
import { poll } from "../../context/polling.ts";
import { RestoreRefused } from "../refused.ts";

/** A cluster as the API says it. */
export type Cluster = z.output<typeof databaseCluster>;

/** Longest that a new cluster may take, in seconds: the provider's own limit for one (constructs/database). */
const longest = 3600;

/** The cluster of a name; undefined when there is none. */
export async function clusterNamed(
  { clients }: Session,
  name: string,
): Promise<Cluster | undefined> {
  const clusters = await everyPage(
    (query) => clients.digitalOcean().call("listDatabases", {}, { query }),
    ({ databases }) => databases,
  );
  return clusters.find((cluster) => cluster.name === name);
}

/**
 * Makes the cluster of a restore, or takes it where it was made already, and waits until it is online. It lies in the network
 * of the one that runs, and nobody but that network and this machine is let in, from its first moment on.
 *
 * @param nodes how many it has.
 * @throws RestoreRefused when the API refuses it, or it does not come online.
 */
export async function makeCluster(
  session: Session,
  restore: Restore,
  source: Cluster,
  nodes: number,
): Promise<Cluster> {
  const found = await clusterNamed(session, restore.cluster.name);
  const { id } = found ?? (await create(session, restore, source, nodes));
  const cluster = await online(session, id);
  await closeToOthers(session, restore, id);
  return cluster;
}

async function create(session: Session, restore: Restore, source: Cluster, nodes: number) {
  const { engine, version, size, region, private_network_uuid, storage_size_mib } = source;
  const { point } = restore;
  const body = {
    name: restore.cluster.name,
    engine,
    ...{ version, size, region, private_network_uuid },
    num_nodes: nodes,
    ...(storage_size_mib ? { storage_size_mib } : {}),
    rules: trusted(session, restore),
    ...(point.kind === "time"
      ? {
          backup_restore: {
            database_name: restore.source.name,
            ...(point.at === undefined ? {} : { backup_created_at: point.at }),
          },
        }
      : {}),
  };
  try {
    const { database } = await session.clients.digitalOcean().call("createDatabase", {}, { body });
    return database;
  } catch (error) {
    // An answer that got lost: it stands after all.
    const made = await clusterNamed(session, restore.cluster.name);
    if (made) return made;
    if (refusedWith(error) === 422 && error instanceof Error)
      throw new RestoreRefused(`DigitalOcean refuses the cluster: ${error.message}`);
    throw error;
  }
}

/** Who may connect: the platform's network, and whoever proves. */
const trusted = ({ environment: { config } }: Session, { address }: Restore) =>
  [config.network.vpcCidr, address].map((value) => ({ type: "ip_addr", value }));

async function online(session: Session, cluster_id: string): Promise<Cluster> {
  const ask = async () => {
    const { database } = await session.clients.digitalOcean().call("getDatabase", { cluster_id });
    return database.status === "online" ? database : undefined;
  };
  const { interruption } = session;
  return poll(ask, { what: "the new cluster", limitSeconds: longest, interruption });
}

/** That rules are taken at the creation is only read in the API's description: without any, a cluster is open to everybody. */
async function closeToOthers(session: Session, restore: Restore, cluster_id: string) {
  const api = session.clients.digitalOcean();
  const values = (await rulesOf(api, cluster_id)).map(({ value }) => value);
  const wanted = trusted(session, restore);
  if (wanted.every(({ value }) => values.includes(value))) return;
  const created_at = new Date().toISOString();
  const rules = wanted.map((rule) => ({ uuid: "", cluster_uuid: cluster_id, created_at, ...rule }));
  await api.call("setDatabaseFirewall", { cluster_id }, { body: { rules } });
}

/** Pause between two attempts to delete a cluster, in milliseconds, and how many there are. */
const pause = 10_000;
const attempts = 60;

/** Deletes the cluster of a restore, if it stands: also one that is still being made. */
export async function removeCluster(session: Session, { cluster }: Restore): Promise<void> {
  const found = await clusterNamed(session, cluster.name);
  if (!found) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.clients.digitalOcean().call("deleteDatabase", { cluster_id: found.id });
      return;
    } catch (error) {
      if (refusedWith(error) === 404) return;
      // One that is being made may not be deletable yet.
      if (![409, 412, 422].includes(refusedWith(error) ?? 0) || attempt === attempts) throw error;
    }
    await setTimeout(pause, undefined, { signal: session.interruption });
  }
}
