import { type LeftoverSources, findLeftovers } from "../../../operations/leftovers/leftovers.ts";
import { recordedIn } from "../../../operations/leftovers/recorded.ts";

/** Platforms of which only some lists are asked for: any other question fails the test. */
function answering(lists: Partial<LeftoverSources["platforms"]>): LeftoverSources["platforms"] {
  return lists as LeftoverSources["platforms"];
}

function resource(address: string, written: Readonly<Record<string, unknown>>) {
  const [type = ""] = address.split(".");
  return { stack: "staging-data", type, address, arguments: written };
}

async function found(sources: LeftoverSources) {
  return (await findLeftovers(sources)).map(({ way, resource: { address }, standing }) =>
    [way, address, standing.importId ?? standing.id].join(" "),
  );
}

const cluster = resource("digitalocean_database_cluster.postgres", {
  name: "mam-staging-postgres",
});

test("what stands in a cluster is found through the cluster's id, from the state or from what stands", async () => {
  const sink = resource("digitalocean_database_logsink_rsyslog.sink", {
    cluster_id: "${digitalocean_database_cluster.postgres.id}",
    name: "mam-staging-postgres-logs",
  });
  const platforms = answering({
    clusters: () => Promise.resolve([{ id: "c1", name: "mam-staging-postgres" }] as never),
    sinks: (id) =>
      Promise.resolve([
        { sink_id: "s1", sink_name: "mam-staging-postgres-logs", sink_type: "rsyslog" },
        { sink_id: "s2", sink_name: `of ${id}`, sink_type: "rsyslog" },
      ]),
  });
  const known = { type: cluster.type, address: cluster.address, id: "c9" };

  expect(await found({ declared: [cluster, sink], recorded: [known], platforms })).toEqual([
    "import digitalocean_database_logsink_rsyslog.sink c9,s1",
  ]);
  expect(await found({ declared: [cluster, sink], recorded: [], platforms })).toEqual([
    "import digitalocean_database_cluster.postgres c1",
    "import digitalocean_database_logsink_rsyslog.sink c1,s1",
  ]);
});

test("of two that stand under one name the first is imported, and the other is deleted", async () => {
  const check = resource("digitalocean_uptime_check.api", { name: "mam-staging-api" });
  const platforms = answering({
    checks: () =>
      Promise.resolve([
        { id: "u1", name: "mam-staging-api" },
        { id: "u2", name: "mam-staging-api" },
        { id: "u3", name: "mam-staging-2-api" },
      ] as never),
  });

  expect(await found({ declared: [check], recorded: [], platforms })).toEqual([
    "import digitalocean_uptime_check.api u1",
    "remove digitalocean_uptime_check.api u2",
  ]);
});

test("of two that stand under one name, of which a state knows the second, the first is deleted", async () => {
  const alert = resource("digitalocean_monitor_alert.cpu", {
    description: "mam-staging-postgres: CPU",
    type: "v1/dbaas/alerts/cpu_alerts",
  });
  const standing = (uuid: string, description = "mam-staging-postgres: CPU") => ({
    uuid,
    description,
    type: "v1/dbaas/alerts/cpu_alerts",
  });
  const platforms = answering({
    policies: () =>
      Promise.resolve([standing("a1"), standing("a2"), standing("a3", "mine")] as never),
  });
  const recorded = [{ type: alert.type, address: alert.address, id: "a2" }];

  expect(await found({ declared: [alert], recorded, platforms })).toEqual([
    "remove digitalocean_monitor_alert.cpu a1",
  ]);
});

test("where a platform lets nothing stand twice, it is not asked about what a state knows", async () => {
  const recorded = [{ type: cluster.type, address: cluster.address, id: "c1" }];

  expect(await found({ declared: [cluster], recorded, platforms: answering({}) })).toEqual([]);
});

test("what a state knows under another address is none", async () => {
  const platforms = answering({
    clusters: () => Promise.resolve([{ id: "c1", name: "mam-staging-postgres" }] as never),
  });
  const moved = { type: cluster.type, address: "digitalocean_database_cluster.old", id: "c1" };

  expect(await found({ declared: [cluster], recorded: [moved], platforms })).toEqual([]);
});

test("an empty state, and a resource that never came to be, know nothing", () => {
  const half = { mode: "managed", type: "a", name: "b", instances: [{ attributes: { id: null } }] };
  const data = { mode: "data", type: "a", name: "c", instances: [] };

  expect(recordedIn(["{}"])).toEqual([]);
  expect(recordedIn([JSON.stringify({ resources: [half, data] })])).toEqual([
    { type: "a", address: "a.b", id: undefined },
  ]);
});
