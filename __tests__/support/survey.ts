import { environmentContract } from "../../constructs/app/contract.ts";
import { isSecret } from "../../constructs/app/contract/variable.ts";
import type { Environment } from "../../environments/load.ts";
import type { Survey } from "../../operations/verify/survey.ts";

const emails = ["on-call@northlight.example"];
const at = "2026-11-23T12:00:00Z";

/** What the API tells about production when everything is as configured. A test breaks one thing of it. */
export function anAgreeingSurvey({ release: { images } }: Environment): Survey {
  const spec = (name: string) => ({
    name,
    image: { digest: images[name === "migrate" ? "api" : (name as keyof typeof images)] },
    envs: environmentContract
      .filter(({ holders }) => holders.some((holder) => holder === name))
      .map((variable) => ({
        key: variable.name,
        value: isSecret(variable) ? "EV[1:bm9uY2U=:Y2lwaGVy]" : "value",
        type: isSecret(variable) ? "SECRET" : "GENERAL",
      })),
  });
  const appSpec = {
    name: "mam-production",
    services: ["frontend", "api", "edge"].map(spec),
    workers: [spec("worker")],
    jobs: [spec("migrate")],
    domains: [{ domain: "mam.northlight.example" }, { domain: "media.northlight.example" }],
  };
  const rule = {
    uuid: "rule",
    cluster_uuid: "",
    type: "ip_addr",
    value: "10.120.0.0/20",
    created_at: at,
  };
  const cluster = { status: "online", private_network_uuid: "vpc", num_nodes: 2, region: "nyc1" };
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
      users: [{ name: "doadmin" }, { name: "mam_app" }],
      pools: [{ name: "api", mode: "transaction", size: 100, db: "mam", user: "mam_app" }],
      settings: { idle_in_transaction_session_timeout: 60_000 },
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
      evictionPolicy: "noeviction",
    },
    app: {
      id: "app",
      spec: appSpec,
      created_at: at,
      updated_at: at,
      active_deployment: { id: "deployment", phase: "ACTIVE", spec: appSpec },
    },
    appAlerts: [{ id: "alert", spec: { rule: "DEPLOYMENT_FAILED" }, emails }],
    policies: ["pg", "vk"].flatMap((entity) =>
      ["cpu_alerts", "memory_utilization_alerts", "disk_utilization_alerts", "load_15_alerts"].map(
        (type) => ({
          uuid: `${entity}-${type}`,
          type: `v1/dbaas/alerts/${type}`,
          description: `${entity} ${type}`,
          compare: "GreaterThan",
          value: 80,
          window: "10m",
          entities: [entity],
          tags: null,
          alerts: { email: emails, slack: null },
          enabled: true,
        }),
      ),
    ),
    checks: [
      ["frontend", "https://mam.northlight.example/"],
      ["api", "https://mam.northlight.example/api/health"],
      ["media", "https://media.northlight.example/health"],
    ].map(([name = "", target = ""]) => ({
      check: {
        id: name,
        name: `mam-production-${name}`,
        type: "https",
        target,
        regions: null,
        enabled: true,
      },
      alerts: ["down", "down_global", "latency", "ssl_expiry"].map((type) => ({
        id: type,
        name: `${name} ${type}`,
        type,
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
