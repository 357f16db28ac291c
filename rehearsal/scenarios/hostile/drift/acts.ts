import type { ObservedState } from "../../../../operations/platform/observed-state.ts";
import { aRecord, logSink, policyOf, uptimeAlert } from "../../../conformance/world.ts";

/** Something that a person does in the control panel beside filling in a form. */
export interface Act {
  /** As the description writes it. */
  readonly operation: string;
  readonly about: string;
  readonly path: string;
  readonly body?: unknown;
  /** What has to be asked before, if anything: method, path, body. */
  readonly before?: readonly [string, string, unknown];
  /** When it is done: beside changes of fields, or at the end, because much goes with it. */
  readonly when: "beside" | "taken away" | "by itself" | "last";
  /** Words of the line that says it. */
  readonly said: RegExp;
}

/** What people add, take away and do, about what stands of an environment. */
export function actsOf(state: ObservedState, zone: string): Act[] {
  return [
    ...databaseActs(state),
    ...appActs(state),
    ...zoneActs(state, zone),
    ...watchingActs(state),
    ...lastActs(state, zone),
  ];
}

const cluster = "/v2/databases/{database_cluster_uuid}";

function databaseActs({ postgres, valkey }: ObservedState): Act[] {
  if (!postgres || !valkey) return [];
  const base = `/v2/databases/${postgres.cluster.id}`;
  const [user, pool] = [postgres.users.find(({ role }) => role !== "primary"), postgres.pools[0]];
  const db = postgres.databases.find((name) => name !== "defaultdb");
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
    ...postgres.sinks.map(({ sink_id: id = "" }) =>
      take("logsink/{logsink_id}", "a log sink", `logsink/${id}`, /logsink|log sink/),
    ),
  ];
}

function appActs({ app, appAlerts }: ObservedState): Act[] {
  if (!app) return [];
  const base = `/v2/apps/${app.id}`;
  return [
    ...appAlerts.slice(0, 1).map((alert) => ({
      operation: "POST /v2/apps/{app_id}/alerts/{alert_id}/destinations",
      about: "another recipient of an alert of the app",
      path: `${base}/alerts/${alert.id}/destinations`,
      body: { emails: ["owner@rehearsal.example"], slack_webhooks: [] },
      when: "by itself" as const,
      said: /recipients of /,
    })),
  ];
}

function zoneActs({ records }: ObservedState, zone: string): Act[] {
  const base = `/v2/domains/${zone}/records`;
  const [caa, host] = ["CAA", "CNAME"].map((kind) => records.find(({ type }) => type === kind));
  const take = (about: string, id: number | undefined, said: RegExp): Act => ({
    operation: "DELETE /v2/domains/{domain_name}/records/{domain_record_id}",
    about,
    path: `${base}/${id ?? ""}`,
    when: "by itself",
    said,
  });
  const add = (about: string, body: unknown, said: RegExp): Act => ({
    operation: "POST /v2/domains/{domain_name}/records",
    about,
    path: base,
    body,
    when: "beside",
    said,
  });
  return [
    add(
      "a further authority",
      { type: "CAA", name: "@", data: "sectigo.com.", flags: 0, tag: "issue", ttl: 300 },
      /sectigo/,
    ),
    add("a record of another name", { ...aRecord, name: "note-by-hand" }, /note-by-hand/),
    ...(caa ? [take("a record CAA", caa.id, /digitalocean_record|certificate authorities/)] : []),
    ...(host ? [take("the record of a host", host.id, /the record of /)] : []),
  ];
}

function watchingActs({ postgres, policies, checks }: ObservedState): Act[] {
  // The fields of the first are changed meanwhile.
  const [, second] = checks;
  if (!postgres || !second) return [];
  const { check, alerts } = second;
  const named = { ...policyOf(postgres.cluster.id), description: "by hand" };
  const policy = { ...named, alerts: { email: ["owner@rehearsal.example"], slack: [] } };
  const alert = {
    ...uptimeAlert,
    name: "by-hand",
    notifications: { email: ["owner@rehearsal.example"], slack: [] },
  };
  const similar = {
    name: `${check.name}-by-hand`,
    type: "https",
    target: check.target,
    regions: ["us_east"],
    enabled: true,
  };
  return [
    {
      operation: "POST /v2/monitoring/alerts",
      about: "a further alert policy of a cluster",
      path: "/v2/monitoring/alerts",
      body: policy,
      when: "beside",
      said: /by hand/,
    },
    {
      operation: "POST /v2/uptime/checks",
      about: "a further uptime check with our prefix",
      path: "/v2/uptime/checks",
      body: similar,
      when: "beside",
      said: /an uptime check that nobody configured.*by-hand/,
    },
    {
      operation: "POST /v2/uptime/checks/{check_id}/alerts",
      about: "a further alert of a check",
      path: `/v2/uptime/checks/${check.id}/alerts`,
      body: alert,
      when: "beside",
      said: /an alert of .* that nobody configured.*by-hand/,
    },
    ...policies.slice(0, 1).map(({ uuid }) => ({
      operation: "DELETE /v2/monitoring/alerts/{alert_uuid}",
      about: "an alert policy",
      path: `/v2/monitoring/alerts/${uuid}`,
      when: "taken away" as const,
      said: /digitalocean_monitor_alert/,
    })),
    ...alerts.slice(0, 1).map(({ id }) => ({
      operation: "DELETE /v2/uptime/checks/{check_id}/alerts/{alert_id}",
      about: "an alert of a check",
      path: `/v2/uptime/checks/${check.id}/alerts/${id}`,
      when: "taken away" as const,
      said: /digitalocean_uptime_alert/,
    })),
  ];
}

/** What takes so much with it that nothing else could be told from it. */
function lastActs({ app, postgres, valkey, checks, policies }: ObservedState, zone: string): Act[] {
  const take = (operation: string, about: string, path: string, said: RegExp): Act => ({
    operation: `DELETE ${operation}`,
    about,
    path,
    when: "last",
    said,
  });
  const [, , third] = checks;
  return [
    ...(app
      ? [take("/v2/apps/{id}", "the app", `/v2/apps/${app.id}`, /^digitalocean_app\.app /)]
      : []),
    ...[postgres, valkey].flatMap((one) =>
      one
        ? [
            take(
              cluster,
              one.cluster.name,
              `/v2/databases/${one.cluster.id}`,
              new RegExp(`digitalocean_database_cluster.*|${one.cluster.name}`),
            ),
          ]
        : [],
    ),
    take(
      "/v2/domains/{domain_name}",
      "the zone",
      `/v2/domains/${zone}`,
      /^digitalocean_domain\.zone /,
    ),
    ...(third
      ? [
          take(
            "/v2/uptime/checks/{check_id}",
            "an uptime check",
            `/v2/uptime/checks/${third.check.id}`,
            /^digitalocean_uptime_check/,
          ),
        ]
      : []),
    ...policies
      .slice(1, 2)
      .map(({ uuid }) =>
        take(
          "/v2/monitoring/alerts/{alert_uuid}",
          "an alert policy",
          `/v2/monitoring/alerts/${uuid}`,
          /digitalocean_monitor_alert/,
        ),
      ),
  ];
}
