import type { ObservedCluster } from "../../../../operations/platform/observed-data.ts";
import type { ObservedState } from "../../../../operations/platform/observed-state.ts";
import { byAlerts } from "./act.ts";
import type { Console } from "./console.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A form of the control panel: what it sends, as it stands. */
export interface Form {
  /** As the description writes it: `PUT /v2/apps/{id}`. */
  readonly operation: string;
  /** What it is about, as people call it. */
  readonly about: string;
  /** Addresses under which Terraform speaks of it. */
  readonly address: RegExp;
  readonly path: string;
  readonly standing: unknown;
  /** Whether what is left out is taken away. */
  readonly replaces: boolean;
  /** Fields of the platform's own that a person does not type. */
  readonly except?: RegExp;
  /** Whether changes of others would hide its own. */
  readonly byItself?: boolean;
}

/** What stands, and what Terraform calls it. */
export interface Standing {
  readonly state: ObservedState;
  /** Name of the zone. */
  readonly zone: string;
  /** Address of what has an id; undefined for what no state knows. */
  readonly addressOf: (id: string | number) => string | undefined;
}

/** Every form about what stands of an environment. */
export async function formsOf(panel: Console, standing: Standing): Promise<Form[]> {
  const { state } = standing;
  const { postgres, valkey } = state;
  const clusters = [
    ...(postgres ? await clusterForms(panel, "postgres", postgres) : []),
    ...(valkey ? await clusterForms(panel, "valkey", valkey) : []),
  ];
  return [
    ...(await appForms(panel, state)),
    ...clusters,
    ...zoneForms(standing),
    ...otherForms(standing),
    ...(await uptimeForms(panel, standing)),
  ];
}

async function appForms(panel: Console, { app }: ObservedState): Promise<Form[]> {
  if (!app) return [];
  const { app: shown } = (await panel.read(`/v2/apps/${app.id}`)) as { app: { spec: unknown } };
  return [
    {
      operation: "PUT /v2/apps/{id}",
      about: "the app",
      address: /^digitalocean_app\.app$/,
      path: `/v2/apps/${app.id}`,
      standing: { spec: shown.spec },
      replaces: true,
      except: /^update_all_source_versions/,
    },
  ];
}

async function clusterForms(
  panel: Console,
  key: "postgres" | "valkey",
  { cluster, users, pools, sinks }: ObservedCluster,
): Promise<Form[]> {
  const base = `/v2/databases/${cluster.id}`;
  const form = (name: string, standing: unknown, type = "cluster", replaces = true): Form => ({
    operation: `${replaces ? "PUT" : "PATCH"} /v2/databases/{database_cluster_uuid}/${name}`,
    about: key,
    address: new RegExp(`^digitalocean_database_${type}\\.${key}`),
    path: `${base}/${name}`,
    standing,
    replaces,
  });
  const { rules } = await panel.read(`${base}/firewall`);
  const { config } = await panel.read(`${base}/config`);
  const { autoscale } = await panel.read(`${base}/autoscale`);
  const { database } = (await panel.read(base)) as { database: Fields };
  const { size, num_nodes, storage_size_mib, maintenance_window, version, region } = database;
  return [
    form("config", { config }, "\\w+_config", false),
    { ...form("resize", { size, num_nodes, storage_size_mib }), replaces: false },
    form("firewall", { rules }, "firewall"),
    form("maintenance", pick(maintenance_window, ["day", "hour"])),
    form("upgrade", { version }),
    // A cluster elsewhere is a cluster to be replaced, which Terraform refuses to plan.
    { ...form("migrate", { region }), byItself: true },
    form("autoscale", autoscale),
    ...(key === "valkey"
      ? [form("eviction_policy", await panel.read(`${base}/eviction_policy`))]
      : []),
    ...users
      .filter(({ role }) => role !== "primary")
      .slice(0, 1)
      .map((user) => ({
        ...form(`users/${user.name}`, { settings: Reflect.get(user, "settings") ?? {} }),
        operation: "PUT /v2/databases/{database_cluster_uuid}/users/{username}",
        address: /^digitalocean_database_user\./,
        about: `the user ${user.name}`,
      })),
    ...pools.map((pool) => ({
      ...form(`pools/${pool.name}`, pick(pool, ["mode", "size", "db", "user"])),
      operation: "PUT /v2/databases/{database_cluster_uuid}/pools/{pool_name}",
      address: /^digitalocean_database_connection_pool\./,
      about: "the connection pool",
    })),
    ...sinks.map((sink) => ({
      ...form(`logsink/${sink.sink_id}`, pick(sink, ["config"])),
      operation: "PUT /v2/databases/{database_cluster_uuid}/logsink/{logsink_id}",
      address: /^digitalocean_database_logsink/,
      about: `the log sink of ${key}`,
    })),
  ];
}

/** Of each kind one record is enough. */
function zoneForms({ state: { records }, zone, addressOf }: Standing): Form[] {
  const fields = ["type", "name", "data", "priority", "port", "ttl", "weight", "flags", "tag"];
  return ["CAA", "CNAME", "NS"].flatMap((kind) =>
    records
      .filter(({ type }) => type === kind)
      .slice(0, 1)
      .map((record) => ({
        operation: "PUT /v2/domains/{domain_name}/records/{domain_record_id}",
        about: `a record ${kind}`,
        address: exactly(addressOf(record.id)),
        path: `/v2/domains/${zone}/records/${record.id}`,
        standing: { ...pick(record, fields), data: `${record.data.replace(/\.$/, "")}.` },
        replaces: true,
        // What leads to the app is judged where its hosts are active.
        byItself: kind === "CNAME",
      })),
  );
}

function otherForms({ state: { project, vpc, policies }, addressOf }: Standing): Form[] {
  const form = (operation: string, about: string, id: string, standing: Fields): Form => ({
    operation,
    about,
    address: exactly(addressOf(id)),
    path: (operation.split(" ")[1] ?? "").replace(/\{[^}]*\}/, id),
    standing,
    replaces: true,
  });
  const ofProject = ["name", "description", "purpose", "environment", "is_default"];
  const ofPolicy = "alerts compare description enabled entities tags type value window".split(" ");
  return [
    ...(project
      ? [
          {
            ...form(
              "PUT /v2/projects/{project_id}",
              "the project",
              project.id,
              pick(project, ofProject),
            ),
            // Its members have its id as well.
            address: /^digitalocean_project\./,
          },
        ]
      : []),
    ...(vpc
      ? [
          form("PUT /v2/vpcs/{vpc_id}", "the network", vpc.id, {
            ...pick(vpc, ["name", "description", "default"]),
          }),
        ]
      : []),
    ...policies
      .slice(0, 1)
      .map((policy) =>
        form(
          "PUT /v2/monitoring/alerts/{alert_uuid}",
          "an alert policy",
          policy.uuid,
          pick(policy, ofPolicy),
        ),
      ),
  ];
}

async function uptimeForms(panel: Console, { state, addressOf }: Standing): Promise<Form[]> {
  const [first] = byAlerts(state);
  if (!first) return [];
  const { check, alerts } = first;
  const path = `/v2/uptime/checks/${check.id}`;
  const { check: shown } = await panel.read(path);
  return [
    {
      operation: "PUT /v2/uptime/checks/{check_id}",
      about: "an uptime check",
      address: exactly(addressOf(check.id)),
      path,
      standing: pick(shown, ["name", "type", "target", "regions", "enabled"]),
      replaces: true,
    },
    ...alerts.map((alert) => ({
      operation: "PUT /v2/uptime/checks/{check_id}/alerts/{alert_id}",
      about: `an uptime alert, ${alert.type}`,
      address: exactly(addressOf(alert.id)),
      path: `${path}/alerts/${alert.id}`,
      standing: pick(alert, ["name", "type", "threshold", "comparison", "period", "notifications"]),
      replaces: true,
    })),
  ];
}

/** Only this address; none where no state knows it. */
function exactly(address: string | undefined): RegExp {
  return new RegExp(`^${(address ?? "nothing").replaceAll(".", "\\.")}$`);
}

function pick(value: unknown, names: readonly string[]): Fields {
  const from = (value ?? {}) as Fields;
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  );
}
