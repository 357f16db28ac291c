import type { ObservedState } from "../../../../operations/platform/observed-state.ts";
import { aRecord, policyOf, uptimeAlert } from "../../../conformance/world.ts";
import { type Act, byAlerts } from "./act.ts";
import { cluster, databaseActs } from "./database-acts.ts";

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

function watchingActs(state: ObservedState): Act[] {
  const { postgres, policies } = state;
  // The fields of the first are changed meanwhile.
  const [, second] = byAlerts(state);
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
function lastActs(state: ObservedState, zone: string): Act[] {
  const { app, postgres, valkey, policies } = state;
  const take = (operation: string, about: string, path: string, said: RegExp): Act => ({
    operation: `DELETE ${operation}`,
    about,
    path,
    when: "last",
    said,
  });
  const [, , third] = byAlerts(state);
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
