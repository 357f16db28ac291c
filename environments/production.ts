import type { EnvironmentInput } from "./schema/environment.ts";

/** The live platform. Every field and default: docs/configuration.md. */
export const production: EnvironmentInput = {
  name: "production",
  tier: "production",

  network: { region: "nyc", vpcCidr: "10.120.0.0/20" },

  database: {
    edition: "advanced",
    version: "17",
    size: "gd-2vcpu-8gb",
    nodes: 2,
    pool: { size: 100 },
  },

  cache: { size: "db-s-1vcpu-2gb", nodes: 2 },

  storage: {
    bucketPrefix: "northlight-mam-production",
    masters: { objectLock: { mode: "GOVERNANCE", days: 30 } },
    backups: { objectLock: { mode: "GOVERNANCE", days: 30 } },
  },

  services: {
    frontend: { size: "apps-s-1vcpu-1gb", instances: { count: 2 } },
    api: {
      size: "apps-d-1vcpu-2gb",
      instances: { autoscaling: { minimum: 2, maximum: 6, cpuPercent: 70 } },
    },
    worker: { size: "apps-d-2vcpu-4gb", instances: { count: 2 } },
    edge: {
      size: "apps-d-1vcpu-1gb",
      instances: { autoscaling: { minimum: 3, maximum: 10, cpuPercent: 70 } },
    },
  },

  domain: {
    zone: "northlight.example",
    zoneManagedBy: "digitalocean",
    appHost: "mam.northlight.example",
    mediaHost: "media.northlight.example",
  },

  alerting: { recipients: ["on-call@northlight.example"] },

  logs: { destination: { kind: "better-stack" } },

  state: { backend: { kind: "spaces", bucket: "northlight-mam-terraform-state" } },
};
