import type { AgedSecret } from "../../../../operations/secrets/ages.ts";
import type { ServiceLevelStatus } from "../../../../operations/platform/service-levels.ts";
import type { Status } from "../../../../operations/status/status.ts";
import { entryOf, imagesOf } from "../../ledger/entries.ts";

const known = <T>(value: T) => ({ state: "known", value }) as const;

/** An environment that is well. A test changes one part of it. */
export function aStatus(changed: Partial<Status> = {}): Status {
  return {
    environment: "staging",
    at: "2026-11-24T12:00:00.000Z",
    running: known(running),
    endpoints: known([
      { name: "api", address: "https://mam.example/api/health", status: 200, milliseconds: 35 },
    ]),
    serviceLevels: known([levels]),
    instances: known([
      { component: "api", configured: { minimum: 2, maximum: 6 }, desired: 3, ready: 3 },
      { component: "worker", configured: { minimum: 1, maximum: 1 }, desired: 1, ready: 1 },
    ]),
    databases: known([postgres]),
    uptime: known([check]),
    secrets: known([secret]),
    drift: known([]),
    data: known([]),
    storage: known([]),
    locks: known([]),
    releases: known([entryOf("20261124-013427-9f3a")]),
    oddities: [],
    ...changed,
  };
}

/** What runs. */
export const running = {
  deployment: "d-1",
  since: "2026-11-24T09:00:00Z",
  release: "20261124-013427-9f3a",
  images: Object.entries(imagesOf("a")).map(([component, digest]) => ({
    component,
    digest,
    isReleased: true,
  })),
  underWay: undefined,
  pinned: undefined,
  maintained: false,
};

/** A service that meets its objectives. */
export const levels: ServiceLevelStatus = {
  service: "api",
  address: "https://mam.example/api/service-levels",
  status: 200,
  isOfAll: true,
  objectives: [
    { name: "error-rate", value: 0.2, threshold: 1, unit: "percent", met: true },
    { name: "p95", value: null, threshold: 800, unit: "milliseconds", met: true },
    { name: "backup-age", value: null, threshold: 26, unit: "hours", met: true, off: "not yet" },
    { name: "counting", value: 1, threshold: 1, unit: "reachable", met: true },
  ],
};

/** A cluster. */
export const postgres = {
  name: "PostgreSQL",
  status: "online",
  engine: "pg",
  version: "17",
  nodes: 2,
  size: "db-s-1vcpu-2gb",
  diskGib: 30,
};

/** An uptime check. */
export const check = {
  name: "mam-staging-api",
  enabled: true,
  up: ["eu_west", "us_east"],
  down: [] as readonly string[],
  thirtyDayPercent: 99.95,
};

/** A secret of whose age nothing is wrong. */
export const secret: AgedSecret = {
  name: "JWT_SECRET_A",
  kind: "signing key",
  components: ["api"],
  standing: "sealed",
  unsealed: [],
  use: "active",
  rotatedAs: "jwt-secret",
  days: 12,
};
