/** A change in the control panel that neither a plan nor a check of `mam` says, and why that is so. */
export interface Unseen {
  /** As the description writes it: `PUT /v2/apps/{id}`. */
  readonly operation: string;
  /** What it is about; default: whatever it is. */
  readonly about?: string;
  /** Pattern of its fields, or what somebody did; `*` stands for anything. */
  readonly field: string;
  readonly why: string;
}

const record = "PUT /v2/domains/{domain_name}/records/{domain_record_id}";
const cluster = "/v2/databases/{database_cluster_uuid}";

/** What cannot be seen. Whatever is not in this list is: the act `drift` changes every field, and fails for a silent one. */
export const unseen: readonly Unseen[] = [
  ...[
    "max_connections",
    "max_failover_replication_time_lag",
    "max_slot_wal_keep_size",
    "pgbouncer",
    "stat_monitor_enable",
    "synchronous_replication",
    "timescaledb",
    "valkey_active_expire_effort",
    "frequent_snapshots",
  ].map((name) => ({
    operation: `PATCH ${cluster}/config`,
    field: `config.${name}`,
    why: "Provider 2.99.1 does not read it, and what the platform has without it is not known.",
  })),
  {
    operation: `PUT ${cluster}/autoscale`,
    field: "storage.*",
    why: "Provider 2.99.1 does not read it. A disk that has grown by it is said, with its size.",
  },
  {
    operation: `PUT ${cluster}/users/{username}`,
    field: "settings.*",
    why: "Provider 2.99.1 reads no settings of users of PostgreSQL. Nobody can replicate with it from outside of the VPC.",
  },
  {
    operation: `PUT ${cluster}/firewall`,
    field: "rules[].description",
    why: "Words of a person, which decide nothing. Provider 2.99.1 does not read them, and takes them away with the next change of the rules.",
  },
  ...["priority", "port", "weight", "flags", "tag", "ttl"].map((field) => ({
    operation: record,
    about: "a record CNAME",
    field,
    why: "The records of the hosts are App Platform's own. It leads nowhere else by it.",
  })),
  {
    operation: record,
    about: "a record NS",
    field: "*",
    why: "The zone's own name servers, which nobody configures. Whether the world is sent to them is asked by `mam doctor`.",
  },
  {
    operation: "POST /v2/domains/{domain_name}/records",
    field: "a record of another name",
    why: "A zone belongs to the whole company: records of other names than the platform's are nobody's fault.",
  },
];

/** The reason why a change of a field, or something that somebody did, cannot be seen; undefined where it can. */
export function whyUnseen(operation: string, about: string, field: string): string | undefined {
  return unseen.find(
    (one) =>
      one.operation === operation && (one.about ?? about) === about && isLike(one.field, field),
  )?.why;
}

function isLike(pattern: string, field: string): boolean {
  if (!pattern.includes("*")) return pattern === field;
  const [start = "", end = ""] = pattern.split("*");
  return field.startsWith(start) && field.endsWith(end);
}

const noMachine = "no machine stands here unless an environment asks for one with a card";

/** Operations that change something, and what they change is no field of what stands: what they do is played elsewhere. */
export const otherOperations: Readonly<Record<string, string>> = {
  "POST /v2/apps": "another app: `neighbours`",
  "POST /v2/databases": "another cluster: `neighbours`",
  "POST /v2/domains": "another zone: `neighbours`",
  "POST /v2/projects": "another project: `neighbours`",
  "POST /v2/vpcs": "another network: `neighbours`",
  "POST /v2/droplets": noMachine,
  "DELETE /v2/droplets/{droplet_id}": noMachine,
  "POST /v2/droplets/{droplet_id}/actions": noMachine,
  "POST /v2/firewalls": noMachine,
  "PUT /v2/firewalls/{firewall_id}": noMachine,
  "DELETE /v2/firewalls/{firewall_id}": noMachine,
  "POST /v2/tags": "a name; what gets it is played",
  "DELETE /v2/tags/{tag_id}": "the environment has no tags",
  "DELETE /v2/tags/{tag_id}/resources": "the environment has no tags",
  "POST /v2/apps/propose": "changes nothing",
  "POST /v2/apps/{app_id}/restart": "changes nothing that stands",
  "POST /v2/apps/{app_id}/deployments": "deploys what stands once more",
  "POST /v2/apps/{app_id}/deployments/{deployment_id}/cancel": "there is none on its way",
  "POST /v2/apps/{app_id}/rollback": "played by `mam-emergency-rollback`",
  "POST /v2/apps/{app_id}/rollback/validate": "changes nothing",
  "POST /v2/apps/{app_id}/rollback/commit": "played by `mam-emergency-rollback`",
  "POST /v2/apps/{app_id}/rollback/revert": "played by `mam-emergency-rollback`",
  "PUT /v2/databases/{database_cluster_uuid}/sql_mode": "of MySQL, which nobody has here",
  "PATCH /v2/domains/{domain_name}/records/{domain_record_id}": "the fields of its PUT",
  "PATCH /v2/projects/{project_id}": "the fields of its PUT",
  "PATCH /v2/vpcs/{vpc_id}": "the fields of its PUT",
  "POST /v2/projects/{project_id}/resources": "a person may keep other things in the project",
  "DELETE /v2/projects/{project_id}": "the platform refuses it while it has members",
  "DELETE /v2/vpcs/{vpc_id}": "the platform refuses it while it has members",
  "POST /v2/registries": "the registry is the account's",
  "POST /v2/registries/validate-name": "changes nothing",
  "DELETE /v2/registries/{registry_name}": "the registry is the account's",
  "DELETE /v2/registries/{registry_name}/repositories/{repository_name}/digests/{manifest_digest}":
    "images are found missing by `mam doctor`",
  "DELETE /v2/registry/{registry_name}/repositories/{repository_name}/digests/{manifest_digest}":
    "images are found missing by `mam doctor`",
};
