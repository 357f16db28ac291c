import { slots } from "../../../environments/schema/rotation.ts";
import { applicationUser } from "../../../constructs/database/application-user.ts";
import { readersRole } from "../../../constructs/database/readers-role.ts";
import type { Session } from "../../context/session.ts";
import { type Fetched, fetchDump, restoreInto } from "../database/dump.ts";
import type { Cluster } from "../cluster/make.ts";
import { databaseOf } from "../cluster/restored.ts";

/**
 * Restores a dump into a new cluster: users and an empty database first, as the API makes them, so that the rights of the
 * archive are the only ones. Begun again, it throws away what an interrupted restore left.
 *
 * @param dump its name; `source` is the id of the cluster that ran, whose users are users here as well.
 */
export async function fillCluster(
  session: Session,
  cluster: Cluster,
  { dump, source }: { readonly dump: string; readonly source: string },
): Promise<void> {
  const fetched: Fetched = await fetchDump(session, dump);
  await makeUsers(
    session,
    cluster.id,
    await usersIn(session, source, fetched.manifest.roles ?? []),
  );
  await makeEmptyDatabase(session, cluster.id);
  const database = await databaseOf(session, cluster);
  // People who look into the database are members of it: an archive gives it its rights, and does not make it.
  await database.makeRoles([readersRole]);
  await restoreInto(session, database, fetched);
}

/** Those of some roles that are users of a cluster: others of people's own, and not roles that SQL made. */
export async function usersIn({ clients }: Session, cluster_id: string, roles: readonly string[]) {
  const { users } = await clients.digitalOcean().call("listDatabaseUsers", { cluster_id });
  return roles.filter((role) => users?.some(({ name }) => name === role));
}

/** Makes the application's users, and others, unless they are there. */
export async function makeUsers(
  { clients, environment }: Session,
  cluster_id: string,
  others: readonly string[],
): Promise<void> {
  const api = clients.digitalOcean();
  const { users } = await api.call("listDatabaseUsers", { cluster_id });
  const own = slots.map((slot) => applicationUser(environment.config, slot));
  const names = [...new Set([...own, ...others])];
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
