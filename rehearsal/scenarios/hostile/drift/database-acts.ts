import type { ObservedState } from "../../../../operations/platform/observed-state.ts";
import { logSink } from "../../../conformance/world.ts";
import type { Act } from "./act.ts";

/** Where the description has clusters. */
export const cluster = "/v2/databases/{database_cluster_uuid}";

/** What makes acts of what is added below a cluster's path, and of what is taken away there. */
function actsOn(base: string) {
  const add = (name: string, about: string, body: unknown, said: RegExp): Act => ({
    operation: `POST ${cluster}/${name}`,
    about,
    path: `${base}/${name}`,
    body,
    when: "beside",
    said,
  });
  const take = (operation: string, about: string, path: string, said: RegExp): Act => ({
    operation: `DELETE ${cluster}/${operation}`,
    about,
    path: `${base}/${path}`,
    when: "taken away",
    said,
  });
  return { add, take };
}

/** What people add to a cluster, and take away from it. */
export function databaseActs({ postgres, valkey }: ObservedState): Act[] {
  if (!postgres || !valkey) return [];
  const base = `/v2/databases/${postgres.cluster.id}`;
  const [user, pool] = [postgres.users.find(({ role }) => role !== "primary"), postgres.pools[0]];
  const db = postgres.databases.find((name) => name !== "defaultdb");
  const { add, take } = actsOn(base);
  return [
    add("users", "a further user", { name: "somebody" }, /\bsomebody\b/),
    add("dbs", "a further database", { name: "another" }, /\banother\b/),
    add(
      "pools",
      "a further pool",
      { name: "pool-by-hand", mode: "session", size: 3, db, user: "doadmin" },
      /pool-by-hand/,
    ),
    add(
      "logsink",
      "a further log sink",
      { ...logSink, sink_name: "by-hand" },
      /by-hand|logs\.example\.com/,
    ),
    {
      operation: `POST ${cluster}/users/{username}/reset_auth`,
      about: "another password of a user",
      path: `${base}/users/${user?.name ?? ""}/reset_auth`,
      body: {},
      when: "beside",
      said: /password/,
    },
    {
      operation: "POST /v2/tags/{tag_id}/resources",
      about: "a tag of a cluster",
      before: ["POST", "/v2/tags", { name: "by-hand" }],
      path: "/v2/tags/by-hand/resources",
      body: { resources: [{ resource_id: valkey.cluster.id, resource_type: "database" }] },
      when: "beside",
      said: /valkey.* tags/,
    },
    take(
      "users/{username}",
      "a user",
      `users/${user?.name ?? ""}`,
      /the user |digitalocean_database_user/,
    ),
    ...(pool ? [take("pools/{pool_name}", "the pool", `pools/${pool.name}`, /pool/)] : []),
    take(
      "dbs/{database_name}",
      "the database",
      `dbs/${db ?? ""}`,
      /the database |digitalocean_database_db/,
    ),
    ...postgres.sinks.map(({ sink_id: id }) =>
      take("logsink/{logsink_id}", "a log sink", `logsink/${id}`, /logsink|log sink/),
    ),
  ];
}
