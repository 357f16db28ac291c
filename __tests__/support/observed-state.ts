import { databaseAlerts } from "../../constructs/monitoring/alert-rules.ts";
import { wantedChecks } from "../../constructs/monitoring/uptime-checks.ts";
import type { Environment } from "../../environments/loading/load.ts";
import { appSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { expectedSpec } from "../../operations/verify/app-spec/expected.ts";
import type { ObservedState } from "../../operations/platform/observed-state.ts";

const emails = ["on-call@northlight.example"];
const at = "2026-11-23T12:00:00Z";

/** What the API tells about production when everything is as configured. A test breaks one thing of it. */
export function anAgreeingState(environment: Environment): ObservedState {
  const without = aSurveyWithoutApp(environment);
  const spec = appSpec.parse(structuredClone(expectedSpec(environment, without)));
  return {
    ...without,
    app: {
      id: "app",
      spec,
      created_at: at,
      updated_at: at,
      default_ingress: "https://mam.ondigitalocean.app",
      domains: ["mam.northlight.example", "media.northlight.example"].map((domain) => ({
        id: domain,
        phase: "ACTIVE",
        spec: { domain },
      })),
      active_deployment: { id: "deployment", phase: "ACTIVE", spec: structuredClone(spec) },
    },
    appAlerts: [{ id: "alert", spec: { rule: "DEPLOYMENT_FAILED" }, emails }],
  };
}

function aSurveyWithoutApp({ config }: Environment): ObservedState {
  const rule = {
    uuid: "rule",
    cluster_uuid: "",
    type: "ip_addr",
    value: "10.120.0.0/20",
    created_at: at,
  };
  const cluster = {
    status: "online",
    private_network_uuid: "vpc",
    num_nodes: 2,
    region: "nyc1",
    connection: { host: "public.example", port: 25060 },
    private_connection: { host: "private.example", port: 25060 },
  };
  return {
    vpc: {
      id: "vpc",
      urn: "do:vpc:vpc",
      name: "mam-production",
      region: "nyc1",
      ip_range: "10.120.0.0/20",
      created_at: at,
    },
    project: { id: "project", name: "mam-production", environment: "Production" },
    members: ["do:dbaas:pg", "do:dbaas:vk", "do:app:app", "do:domain:northlight.example"],
    postgres: {
      cluster: {
        ...cluster,
        id: "pg",
        name: "mam-production-postgres",
        engine: "advanced_pg",
        version: "17",
        size: "gd-2vcpu-8gb",
      },
      trustedSources: [rule],
      databases: ["defaultdb", "mam"],
      users: [{ name: "doadmin" }, { name: "mam_app" }, { name: "mam_app_b" }],
      pools: [
        {
          name: "api",
          mode: "transaction",
          size: 100,
          db: "mam",
          private_connection: { host: "private.example", port: 25061 },
        },
      ],
      settings: { idle_in_transaction_session_timeout: 60_000 },
      sinks: [],
    },
    valkey: {
      cluster: {
        ...cluster,
        id: "vk",
        name: "mam-production-valkey",
        engine: "valkey",
        version: "8",
        size: "db-s-1vcpu-2gb",
      },
      trustedSources: [rule],
      databases: [],
      users: [],
      pools: [],
      settings: { valkey_persistence: "rdb" },
      sinks: [],
      evictionPolicy: "noeviction",
    },
    appAlerts: [],
    policies: [
      ...databaseAlerts(config.alerting.database, config.database.size).map(policyOf("pg")),
      ...databaseAlerts(config.alerting.cache, config.cache.size).map(policyOf("vk")),
    ],
    checks: wantedChecks(config).map(({ noun: name, target, alerts }) => ({
      check: {
        id: name,
        name: `mam-production-${name}`,
        type: "https",
        target,
        regions: [...config.alerting.uptimeRegions],
        enabled: true,
      },
      alerts: alerts.map((alert) => ({
        ...alert,
        id: alert.type,
        name: `mam-production-${name}-${alert.type}`,
        notifications: { email: emails, slack: null },
      })),
    })),
    records: [
      { id: 1, type: "CAA", name: "@", data: "letsencrypt.org." },
      { id: 2, type: "CAA", name: "@", data: "pki.goog." },
      { id: 3, type: "CNAME", name: "mam", data: "mam.ondigitalocean.app." },
      { id: 4, type: "CNAME", name: "media", data: "mam.ondigitalocean.app." },
    ],
  };
}

const policyOf =
  (entity: string) =>
  ({ type, value, window }: { type: string; value: number; window: string }) => ({
    uuid: `${entity}-${type}`,
    type: `v1/dbaas/alerts/${type}`,
    description: `mam-production-${entity === "pg" ? "postgres" : "valkey"}: ${type}`,
    compare: "GreaterThan",
    value,
    window,
    entities: [entity],
    tags: null,
    alerts: { email: emails, slack: null },
    enabled: true,
  });
