import { isPostgres } from "@mam-infra/cloud/digitalocean/databases/model";

import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";

/** The cluster of PostgreSQL that a cloud has. @throws Error when it has none that runs. */
export function postgresOf({ digitalOcean }: RehearsalCloud) {
  const cluster = digitalOcean.store.databases.find(({ engine }) => isPostgres(engine));
  const { databases } = digitalOcean;
  if (!cluster || !databases) throw new Error("no PostgreSQL runs");
  return { cluster, databases };
}

/** Runs SQL in the platform's database, past every user, as somebody with the keys to the cluster could. */
export async function runSql(cloud: RehearsalCloud, text: string): Promise<void> {
  const { cluster, databases } = postgresOf(cloud);
  const database = cluster.dbs.find((name) => name !== "defaultdb");
  const query = databases.measurable(cluster.id)?.query;
  if (!query || database === undefined) throw new Error("no PostgreSQL runs");
  await query(text, database);
}
