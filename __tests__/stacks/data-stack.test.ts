import { production } from "../../environments/production.ts";
import { staging } from "../../environments/staging.ts";
import { anEnvironment, changed } from "../support/environments.ts";
import { resources, stackOf } from "../support/stacks.ts";

const data = stackOf(anEnvironment(production), "data");

const statefulTypes = [
  "digitalocean_vpc",
  "digitalocean_database_cluster",
  "digitalocean_database_firewall",
  "digitalocean_database_db",
  "digitalocean_database_user",
];

test("PostgreSQL is the edition, size and version of the environment, inside the VPC", () => {
  expect(data.resource.digitalocean_database_cluster?.postgres).toMatchObject({
    engine: "advanced_pg",
    version: "17",
    size: "gd-2vcpu-8gb",
    node_count: 2,
    region: "nyc1",
    private_network_uuid: "${digitalocean_vpc.vpc.id}",
    maintenance_window: [{ day: "sunday", hour: "02:00" }],
  });
});

test("a cluster is waited for as long as it takes, or it would be forgotten and billed", () => {
  const clusters = resources(data, "digitalocean_database_cluster");

  expect(clusters.map(([name, { timeouts }]) => [name, timeouts])).toEqual([
    ["postgres", { create: "60m" }],
    ["valkey", { create: "60m" }],
  ]);
});

test("the standard edition is engine pg", () => {
  const cluster = stackOf(anEnvironment(staging), "data").resource.digitalocean_database_cluster;

  expect(cluster?.postgres).toMatchObject({ engine: "pg", node_count: 1 });
});

test("Valkey keeps jobs: it evicts nothing, writes snapshots, and speaks TLS", () => {
  expect(data.resource.digitalocean_database_cluster?.valkey).toMatchObject({
    engine: "valkey",
    version: "8",
    eviction_policy: "noeviction",
  });
  expect(data.resource.digitalocean_database_valkey_config?.valkey_settings).toMatchObject({
    ssl: true,
    persistence: "rdb",
  });
});

test("each cluster has exactly one firewall, whose only rule is the VPC", () => {
  const firewalls = resources(data, "digitalocean_database_firewall");

  expect(firewalls.map(([, firewall]) => [firewall.cluster_id, firewall.rule])).toEqual([
    ["${digitalocean_database_cluster.postgres.id}", [{ type: "ip_addr", value: "10.120.0.0/20" }]],
    ["${digitalocean_database_cluster.valkey.id}", [{ type: "ip_addr", value: "10.120.0.0/20" }]],
  ]);
});

test("whatever is made in a cluster is made after its firewall", () => {
  const waits = (type: string, firewall: string) => {
    for (const [name, resource] of resources(data, type)) {
      expect([name, resource.depends_on]).toEqual([
        name,
        [`digitalocean_database_firewall.${firewall}`],
      ]);
    }
  };

  waits("digitalocean_database_db", "postgres_firewall");
  waits("digitalocean_database_user", "postgres_firewall");
  waits("digitalocean_database_postgresql_config", "postgres_firewall");
  waits("digitalocean_database_valkey_config", "valkey_firewall");
});

test("the API's pool shares transactions, and lets both of the API's users in", () => {
  expect(resources(data, "digitalocean_database_user").map(([, { name }]) => name)).toEqual([
    "mam_app",
    "mam_app_b",
  ]);
  expect(resources(data, "digitalocean_database_connection_pool")).toMatchObject([
    [
      "postgres_pool",
      {
        mode: "transaction",
        size: 100,
        db_name: "${digitalocean_database_db.postgres_database.name}",
      },
    ],
  ]);
  expect(resources(data, "digitalocean_database_connection_pool")[0]?.[1]).not.toHaveProperty(
    "user",
  );
});

test("without a pool there is none, and the app connects to the cluster itself", () => {
  const environment = anEnvironment(changed(({ database }) => delete database.pool));
  const api = JSON.stringify(stackOf(environment, "app").resource.digitalocean_app);

  expect(resources(stackOf(environment, "data"), "digitalocean_database_connection_pool")).toEqual(
    [],
  );
  expect(api).toContain("cross_stack_output_digitalocean_database_cluster_postgres_private_host");
  expect(api).not.toContain("connection_pool");
});

test("everything that holds data is protected and has a pinned name", () => {
  const stateful = statefulTypes.flatMap((type) =>
    resources(data, type).map(([name, resource]) => [`${type}.${name}`, resource.lifecycle]),
  );

  expect(Object.fromEntries(stateful)).toEqual({
    "digitalocean_vpc.vpc": { prevent_destroy: true },
    "digitalocean_database_cluster.postgres": { prevent_destroy: true },
    "digitalocean_database_cluster.valkey": { prevent_destroy: true },
    "digitalocean_database_firewall.postgres_firewall": { prevent_destroy: true },
    "digitalocean_database_firewall.valkey_firewall": { prevent_destroy: true },
    "digitalocean_database_db.postgres_database": { prevent_destroy: true },
    "digitalocean_database_user.postgres_user": { prevent_destroy: true },
    "digitalocean_database_user.postgres_user_b": { prevent_destroy: true },
  });
});

test("a staging environment may be destroyed once somebody has written why", () => {
  const environment = anEnvironment(
    changed((draft) => {
      draft.state.destroy = {
        allowed: true,
        allowedReason: "A preview environment of one branch.",
      };
    }, staging),
  );

  expect(stackOf(environment, "data").resource.digitalocean_vpc?.vpc).toMatchObject({
    lifecycle: { prevent_destroy: false },
  });
});

test("CPU, memory, disk and load of each cluster are watched with its own thresholds", () => {
  const alerts = resources(data, "digitalocean_monitor_alert").map(([name, alert]) => [
    name,
    alert.type,
    alert.value,
    alert.window,
  ]);

  expect(alerts).toEqual([
    ["postgres_alert_cpu", "v1/dbaas/alerts/cpu_alerts", 80, "10m"],
    ["postgres_alert_disk", "v1/dbaas/alerts/disk_utilization_alerts", 80, "30m"],
    ["postgres_alert_load", "v1/dbaas/alerts/load_15_alerts", 2, "10m"],
    ["postgres_alert_memory", "v1/dbaas/alerts/memory_utilization_alerts", 90, "10m"],
    ["valkey_alert_cpu", "v1/dbaas/alerts/cpu_alerts", 80, "10m"],
    ["valkey_alert_disk", "v1/dbaas/alerts/disk_utilization_alerts", 80, "30m"],
    ["valkey_alert_load", "v1/dbaas/alerts/load_15_alerts", 1, "10m"],
    ["valkey_alert_memory", "v1/dbaas/alerts/memory_utilization_alerts", 75, "10m"],
  ]);
});

test("the clusters' own logs go where the environment says, over TLS", () => {
  const environment = anEnvironment(
    changed((draft) => {
      draft.logs.databaseSink = {
        server: "logs7.papertrailapp.com",
        port: 12345,
        clusters: ["valkey"],
      };
    }),
  );

  expect(
    resources(stackOf(environment, "data"), "digitalocean_database_logsink_rsyslog"),
  ).toMatchObject([
    [
      "log_sink_valkey",
      { server: "logs7.papertrailapp.com", port: 12345, tls: true, format: "rfc5424" },
    ],
  ]);
});

test("the project has the clusters as members, and none of them belongs to it by force", () => {
  expect(resources(data, "digitalocean_project_resources")).toMatchObject([
    [
      "databases_members",
      {
        resources: [
          "${digitalocean_database_cluster.postgres.urn}",
          "${digitalocean_database_cluster.valkey.urn}",
        ],
      },
    ],
  ]);
  expect(JSON.stringify(data.resource)).not.toContain('"project_id"');
});
