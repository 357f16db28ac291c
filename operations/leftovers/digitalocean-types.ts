import type { LeftoverType, ReadArgument, FoundResource } from "./leftover-type.ts";
import { named } from "./named.ts";

/** Types of the provider digitalocean 2.99.1, with what its `import` takes (docs/resources/, Import). */
export const digitalOceanTypes: readonly LeftoverType[] = [
  {
    type: "digitalocean_vpc",
    noun: "VPC",
    importable: true,
    find: async ({ vpcs }, read) => named(await vpcs(), await read("name")),
  },
  {
    type: "digitalocean_project",
    noun: "project",
    importable: true,
    find: async ({ projects }, read) => named(await projects(), await read("name")),
  },
  {
    type: "digitalocean_database_cluster",
    noun: "cluster",
    importable: true,
    find: async ({ clusters }, read) => named(await clusters(), await read("name")),
  },
  {
    type: "digitalocean_database_db",
    noun: "database",
    importable: true,
    find: async ({ databases }, read) => partOfCluster(databases, read, "/database/"),
  },
  {
    type: "digitalocean_database_user",
    noun: "database user",
    importable: true,
    find: async ({ users }, read) => partOfCluster(users, read, "/user/"),
  },
  {
    type: "digitalocean_database_connection_pool",
    noun: "pool",
    importable: true,
    find: async ({ pools }, read) => partOfCluster(pools, read, "/"),
  },
  {
    type: "digitalocean_database_logsink_rsyslog",
    noun: "log sink",
    importable: true,
    find: async ({ sinks }, read) => {
      const [cluster, name] = await both(read, "cluster_id", "name");
      if (cluster === undefined) return [];
      return (await sinks(cluster))
        .filter(({ sink_name, sink_type }) => sink_name === name && sink_type === "rsyslog")
        .map(({ sink_id }) => ({ name: name ?? "", id: `${cluster},${sink_id}` }));
    },
  },
  {
    type: "digitalocean_app",
    noun: "app",
    importable: true,
    find: async ({ apps }, read) => {
      const name = await read("spec.name");
      return (await apps())
        .filter(({ spec }) => spec.name === name)
        .map(({ id, spec }) => ({ name: spec.name, id }));
    },
  },
  {
    type: "digitalocean_domain",
    noun: "zone",
    importable: true,
    find: async ({ domains }, read) => {
      const name = await read("name");
      return (await domains())
        .filter((domain) => domain.name === name)
        .map((domain) => ({ name: domain.name, id: domain.name }));
    },
  },
  {
    type: "digitalocean_record",
    noun: "record",
    importable: true,
    severalUnderOneName: true,
    find: async ({ records }, read) => {
      const [domain, name] = await both(read, "domain", "name");
      const [type, value] = await both(read, "type", "value");
      if (domain === undefined) return [];
      return (await records(domain))
        .filter((record) => record.name === name && record.type === type)
        .filter(({ data }) => withoutDot(data) === withoutDot(value ?? ""))
        .map(({ id, data }) => ({
          name: `${name} ${type} ${data} of ${domain}`,
          id: String(id),
          importId: `${domain},${id}`,
        }));
    },
    remove: async (connections, { id }, read) => {
      const parameters = { domain: (await read("domain")) ?? "", record_id: id };
      await connections.digitalOcean().call("deleteRecord", parameters);
    },
  },
  {
    type: "digitalocean_uptime_check",
    noun: "uptime check",
    importable: true,
    severalUnderOneName: true,
    find: async ({ checks }, read) => named(await checks(), await read("name")),
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteUptimeCheck", { check_id: id });
    },
  },
  {
    type: "digitalocean_uptime_alert",
    noun: "uptime alert",
    importable: true,
    severalUnderOneName: true,
    find: async ({ alerts }, read) => {
      const [check, name] = await both(read, "check_id", "name");
      if (check === undefined) return [];
      return named(await alerts(check), name).map((alert) => ({
        ...alert,
        importId: `${check},${alert.id}`,
      }));
    },
    remove: async (connections, { id }, read) => {
      const parameters = { check_id: (await read("check_id")) ?? "", alert_id: id };
      await connections.digitalOcean().call("deleteUptimeAlert", parameters);
    },
  },
  {
    type: "digitalocean_monitor_alert",
    noun: "alert policy",
    importable: true,
    severalUnderOneName: true,
    find: async ({ policies }, read) => {
      const [description, type] = await both(read, "description", "type");
      return (await policies())
        .filter((policy) => policy.description === description && policy.type === type)
        .map((policy) => ({ name: policy.description, id: policy.uuid }));
    },
    remove: async (connections, { id }) => {
      await connections.digitalOcean().call("deleteAlertPolicy", { alert_uuid: id });
    },
  },
];

/**
 * Something in a cluster, by its name. The provider imports it by `cluster,name`.
 *
 * @param between what stands between both in the state's id.
 */
async function partOfCluster(
  list: (cluster: string) => Promise<readonly { readonly name: string }[]>,
  read: ReadArgument,
  between: string,
): Promise<FoundResource[]> {
  const [cluster, wanted] = await both(read, "cluster_id", "name");
  if (cluster === undefined) return [];
  return (await list(cluster))
    .filter(({ name }) => name === wanted)
    .map(({ name }) => ({
      name,
      id: `${cluster}${between}${name}`,
      importId: `${cluster},${name}`,
    }));
}

async function both(read: ReadArgument, one: string, other: string) {
  return [await read(one), await read(other)] as const;
}

/** The provider writes a final dot behind names that others point to, and the API leaves it out. */
function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
