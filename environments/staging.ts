import type { EnvironmentInput } from "./schema/environment.ts";

/** Where a release is tried before production: the same shape, smaller and cheaper. */
export const staging: EnvironmentInput = {
  name: "staging",
  tier: "staging",

  network: { region: "nyc", vpcCidr: "10.121.0.0/20" },

  database: {
    edition: "standard",
    version: "17",
    size: "db-s-1vcpu-2gb",
    nodes: 1,
    pool: { size: 20 },
  },

  cache: { size: "db-s-1vcpu-1gb", nodes: 1 },

  storage: {
    bucketPrefix: "northlight-mam-staging",
    backups: { objectLock: { mode: "GOVERNANCE", days: 7 } },
    retention: { previewsDays: 30, backupsDays: 7 },
  },

  services: {
    frontend: { size: "apps-s-1vcpu-1gb", instances: { count: 2 } },
    api: { size: "apps-s-1vcpu-1gb", instances: { count: 2 } },
    worker: { size: "apps-s-1vcpu-2gb", instances: { count: 1 } },
    edge: { size: "apps-s-1vcpu-1gb", instances: { count: 2 } },
  },

  domain: {
    zone: "staging.northlight.example",
    zoneManagedBy: "digitalocean",
    appHost: "mam.staging.northlight.example",
    mediaHost: "media.staging.northlight.example",
  },

  alerting: { recipients: ["on-call@northlight.example"] },

  logs: { level: "debug", destination: { kind: "better-stack" } },

  state: { backend: { kind: "spaces", bucket: "northlight-mam-terraform-state-staging" } },
};
