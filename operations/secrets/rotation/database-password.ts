import { postgresName } from "../../../constructs/naming.ts";
import type { Session } from "../../context/session.ts";
import { everyPage } from "../../platform/every-page.ts";

/**
 * Gives a user of PostgreSQL a new password, which nobody reads: App Platform fills it in when it deploys. Whoever has
 * the old one is refused from then on; connections that stand go on.
 *
 * @throws Error when there is no cluster.
 */
export async function resetPassword(session: Session, user: string): Promise<void> {
  const { config } = session.environment;
  const api = session.clients.digitalOcean();
  const clusters = await everyPage(
    (query) => api.call("listDatabases", {}, { query }),
    ({ databases }) => databases,
  );
  const name = postgresName(config);
  const cluster = clusters.find((one) => one.name === name);
  if (!cluster) throw new Error(`${name} does not exist: mam deploy ${config.name}`);
  // The answer contains the password, and is dropped.
  await api.call("resetDatabaseUserAuth", { cluster_id: cluster.id, name: user }, { body: {} });
}
