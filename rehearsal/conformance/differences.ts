/** Why the cloud differs from the description on purpose. */
export interface Explanation {
  /** Operations, `*` for any part of a name. */
  readonly operations: readonly string[];
  /** Fields, `*` for any part of a name; those of answers begin with `answer`. */
  readonly fields: readonly string[];
  /** Only these values, as JSON; default: any. */
  readonly values?: readonly string[];
  readonly reason: string;
}

const specs = ["POST /v2/apps"];
const withApps = ["*/v2/apps*"];
const lists = ["GET /v2/databases", "GET /v2/databases/*"];

const notPlayed: readonly Explanation[] = [
  {
    operations: specs,
    fields: [".spec.functions"],
    reason: "Functions are not played: 501, or refused as unknown, and a finding either way.",
  },
  {
    operations: specs,
    fields: [".spec.jobs[].kind"],
    reason: "Only jobs before a deployment are played; the others are 501 and a finding.",
  },
  {
    operations: specs,
    fields: [".spec.egress.type", ".spec.maintenance.archive"],
    reason: "Dedicated addresses and archived apps are not played: 501 and a finding.",
  },
  {
    operations: specs,
    fields: [".spec.ingress.custom_error_page_url"],
    reason: "Not in provider 2.99.1, so nobody here can send it; refused, and a finding.",
  },
  {
    operations: ["GET /v2/apps/{id}"],
    fields: [".name"],
    reason: "Finding an app by its name in the query is not played: refused, and a finding.",
  },
  {
    operations: ["GET /v2/apps/{app_id}/deployments"],
    fields: [".deployment_types"],
    reason: "Choosing deployments by type is not played: refused, and a finding.",
  },
  {
    operations: ["GET /v2/databases/*/sql_mode", "PUT /v2/databases/*/sql_mode"],
    fields: [""],
    reason: "The mode of MySQL, which is not played: 501 and a finding.",
  },
  {
    operations: ["POST /v2/databases"],
    fields: [".engine"],
    reason: "MySQL, MongoDB, Kafka are not played (501 and a finding); Redis is no longer sold.",
  },
  {
    operations: ["POST /v2/databases"],
    fields: [".do_settings"],
    reason: "Names of one's own for a cluster are not played: refused, and a finding.",
  },
  {
    operations: ["POST /v2/databases", "PUT /v2/databases/*/firewall"],
    fields: [".rules[].type"],
    values: ['"droplet"', '"k8s"'],
    reason:
      "No Droplet of that name stands here, and there is no Kubernetes that a source could be.",
  },
  {
    operations: ["*/v2/databases/*/users*"],
    fields: ["*mysql_settings", ".settings.acl", ".settings.mongo_user_settings", ".readonly"],
    reason: "Settings of MySQL, Kafka and MongoDB, which are not played: refused, and a finding.",
  },
  {
    operations: ["POST /v2/droplets"],
    fields: [
      ...[".backups", ".backup_policy", ".ipv6", ".ssh_keys"],
      ...[".volumes", ".with_droplet_agent", ".public_networking", ".names"],
    ],
    reason: "Only what a machine of GPU workers is made from is played: refused, and a finding.",
  },
  {
    operations: ["POST /v2/droplets/{droplet_id}/actions"],
    fields: [".type"],
    reason: "Only the orderly shutdown is played; other actions are 501 and a finding.",
  },
  {
    operations: ["*/v2/firewalls*"],
    fields: ["*.droplet_ids", "*.tags"],
    reason: "Tags and Droplets that a rule names have to exist.",
  },
  {
    operations: ["*/v2/tags/{tag_id}/resources"],
    fields: [".resources[].resource_type"],
    reason: "Only databases stand here that can have a tag; the others are 501 and a finding.",
  },
];

const stricter: readonly Explanation[] = [
  {
    operations: specs,
    fields: [".spec.databases[].engine"],
    reason:
      "Has to be the engine of the cluster that is named; of these engines none is played, and UNSET is none.",
  },
  {
    operations: specs,
    fields: [".spec.*[].autoscaling.max_instance_count"],
    values: ["1"],
    reason: "The most has to be above the fewest, which the description says in words only.",
  },
  {
    operations: specs,
    fields: [
      ".spec.static_sites[].image",
      ".spec.static_sites[].run_command",
      ".spec.static_sites[].log_destinations",
    ],
    reason:
      "The description takes the fields of all components together; a static site runs nothing, and provider 2.99.1 has none of them.",
  },
  {
    operations: ["PATCH /v2/databases/*/config"],
    fields: [".config.max_failover_replication_time_lag"],
    values: ["9223372036854776000"],
    reason: "The bound is larger than a number of JSON is exact in JavaScript.",
  },
  {
    operations: ["*/v2/domains/{domain_name}/records/{domain_record_id}"],
    fields: [".tag"],
    reason: "The three tags of CAA records are named in words only.",
  },
];

const kinder: readonly Explanation[] = [
  {
    operations: ["*/v2/firewalls*"],
    fields: [".inbound_rules", ".outbound_rules"],
    reason: "A firewall needs rules of one direction only; godo 1.239 sends null for the other.",
  },
  {
    operations: ["*/v2/databases/*/logsink*"],
    fields: [".config.tls"],
    reason: "Provider 2.99.1 leaves it out when it is false, and its log sinks are created.",
  },
  {
    operations: ["*/v2/domains/{domain_name}/records/{domain_record_id}"],
    fields: [".type"],
    reason: "Provider 2.99.1 sends no type when it changes a record, and its records are changed.",
  },
];

const answers: readonly Explanation[] = [
  {
    operations: withApps,
    fields: [
      "answer*.source_image_digest",
      "answer*.cause_details",
      "answer*.previous_deployment_id",
      "answer*.last_deployment_active_at",
      "answer*.spec.alerts",
      "answer*.spec.features",
      "answer.max_free_static_apps",
    ],
    reason: "In godo 1.202 (apps.gen.go), which is generated from what the platform answers.",
  },
  {
    operations: withApps,
    fields: ["answer*.component.preserve_path_prefix"],
    reason: "Described as a text; godo and provider 2.99.1 read and send a boolean.",
  },
  {
    operations: withApps,
    fields: ["answer*.log_destinations[].logtail"],
    reason: "The description requires a field of Logtail that it does not have.",
  },
  {
    operations: ["GET /v2/databases/metrics/credentials"],
    fields: ["answer.credentials.*"],
    reason: "Described with `credentials` in `credentials`; godo 1.239 reads one.",
  },
  {
    operations: ["*/v2/databases*"],
    fields: ["answer*connection.protocol"],
    reason: "In godo 1.239 (databases.go, DatabaseConnection).",
  },
  {
    operations: lists,
    fields: ["answer.links", "answer.meta"],
    reason: "Described without pages; godo 1.239 asks for pages and reads the links of the answer.",
  },
  {
    operations: ["POST /v2/databases/*/logsink"],
    fields: ["answer.sink.sink_type"],
    reason: "The request may be of type datadog, and the answer repeats it.",
  },
  {
    operations: ["GET /v2/projects*"],
    fields: ["answer*.environment"],
    reason: "A project that was made without an environment has an empty one.",
  },
  {
    operations: ["*/v2/tags*"],
    fields: ["answer*.resources.images"],
    reason: "Misspelt in the description.",
  },
];

/** Every difference that is meant, with its reason. */
export const explanations: readonly Explanation[] = [
  ...notPlayed,
  ...stricter,
  ...kinder,
  ...answers,
];

/** The operations of Insights, which this description does not have. */
export const insightsReason =
  "Insights is newer than this description: what is played of it is in the table of fidelity, with sources of its own.";
