import { slots } from "../../../environments/schema/rotation.ts";
import { applicationUser } from "../../../constructs/database/application-user.ts";
import { readersRole } from "../../../constructs/database/readers-role.ts";
import type { Session } from "../../context/session.ts";
import type { RestorePoint } from "../../ledger/restores.ts";
import { type Fetched, fetchDump, restoreInto } from "../database/dump.ts";
import type { RestoreTarget } from "../database/target.ts";
import type { Cluster } from "../cluster/make.ts";
import { databaseOf } from "../cluster/restored.ts";

/**
 * Restores a dump into a new cluster: users and an empty database first, as the API makes them, so that the rights of the
 * archive are the only ones. Begun again, it throws away what an interrupted restore left.
 */
export async function fillCluster(
  session: Session,
  cluster: Cluster,
  { dump }: Extract<RestorePoint, { readonly kind: "dump" }>,
): Promise<void> {
  const fetched: Fetched = await fetchDump(session, dump);
  await makeUsers(session, cluster.id);
  await makeEmptyDatabase(session, cluster.id);
  const database = await databaseOf(session, cluster);
  await makeReaders(database);
  await restoreInto(session, database, fetched);
}

async function makeUsers({ clients, environment }: Session, cluster_id: string): Promise<void> {
  const api = clients.digitalOcean();
  const { users } = await api.call("listDatabaseUsers", { cluster_id });
  const names = slots.map((slot) => applicationUser(environment.config, slot));
  for (const name of names.filter((one) => !users?.some((user) => user.name === one)))
    await api.call("createDatabaseUser", { cluster_id }, { body: { name } });
}

async function makeEmptyDatabase({ clients, environment }: Session, cluster_id: string) {
  const api = clients.digitalOcean();
  const { name } = environment.config.database;
  const { dbs } = await api.call("listDatabaseDbs", { cluster_id });
  if (dbs?.some((one) => one.name === name))
    await api.call("deleteDatabaseDb", { cluster_id, name });
  await api.call("createDatabaseDb", { cluster_id }, { body: { name } });
}

/** The role of people who look into the database: an archive gives it its rights, and does not make it. */
async function makeReaders(database: RestoreTarget): Promise<void> {
  const client = await database.connect(database.owner);
  try {
    const { rows } = await client.query("select 1 from pg_roles where rolname = $1", [readersRole]);
    if (rows.length === 0) await client.query(`create role ${readersRole} nologin`);
  } finally {
    await client.end();
  }
}
