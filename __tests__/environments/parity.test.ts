import { production } from "../../environments/production.ts";
import { staging } from "../../environments/staging.ts";
import { checked } from "../support/environments.ts";

/** The paths at which two values differ, with both values. */
function differences(first: unknown, second: unknown, path = ""): string[] {
  if (isGroup(first) && isGroup(second)) {
    return [...new Set([...Object.keys(first), ...Object.keys(second)])].flatMap((key) =>
      differences(Reflect.get(first, key), Reflect.get(second, key), path ? `${path}.${key}` : key),
    );
  }
  const [from, to] = [JSON.stringify(first), JSON.stringify(second)];
  return from === to ? [] : [`${path}: ${from} / ${to}`];
}

const isGroup = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

test("staging differs from production in size and names only", () => {
  expect(differences(checked(production), checked(staging)).join("\n")).toMatchInlineSnapshot(`
    "name: "production" / "staging"
    tier: "production" / "staging"
    network.vpcCidr: "10.120.0.0/20" / "10.121.0.0/20"
    database.edition: "advanced" / "standard"
    database.size: "gd-2vcpu-8gb" / "db-s-1vcpu-2gb"
    database.nodes: 2 / 1
    database.pool.size: 100 / 20
    cache.size: "db-s-1vcpu-2gb" / "db-s-1vcpu-1gb"
    cache.nodes: 2 / 1
    storage.bucketPrefix: "northlight-mam-production" / "northlight-mam-staging"
    storage.masters.objectLock: {"mode":"GOVERNANCE","days":30} / undefined
    storage.backups.objectLock.days: 30 / 7
    storage.retention.previewsDays: 365 / 30
    storage.retention.backupsDays: 30 / 7
    services.api.size: "apps-d-1vcpu-2gb" / "apps-s-1vcpu-1gb"
    services.api.instances.autoscaling: {"minimum":2,"maximum":6,"cpuPercent":70} / undefined
    services.api.instances.count: undefined / 2
    services.worker.size: "apps-d-2vcpu-4gb" / "apps-s-1vcpu-2gb"
    services.worker.instances.count: 2 / 1
    services.edge.size: "apps-d-1vcpu-1gb" / "apps-s-1vcpu-1gb"
    services.edge.instances.autoscaling: {"minimum":3,"maximum":10,"cpuPercent":70} / undefined
    services.edge.instances.count: undefined / 2
    domain.zone: "northlight.example" / "staging.northlight.example"
    domain.appHost: "mam.northlight.example" / "mam.staging.northlight.example"
    domain.mediaHost: "media.northlight.example" / "media.staging.northlight.example"
    logs.level: "info" / "debug"
    state.backend.bucket: "northlight-mam-terraform-state" / "northlight-mam-terraform-state-staging""
  `);
});
