import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { UptimeMonitoring } from "../../../constructs/monitoring/uptime.ts";
import { production } from "../../../environments/production.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { checked } from "../../support/environments.ts";

const app = { fqn: "digitalocean_app.app" };

/** The checks of an environment, by their names in the state. */
function checksOf(change: (config: EnvironmentInput) => EnvironmentInput) {
  const stack = new TerraformStack(new App(), "any");
  new UptimeMonitoring(stack, "uptime", { config: checked(change(production)), app });
  const { resource } = stack.toTerraform() as {
    resource: { digitalocean_uptime_check: Record<string, { enabled: boolean }> };
  };
  return resource.digitalocean_uptime_check;
}

test("checks change after the app does, and are awake", () => {
  for (const check of Object.values(checksOf((config) => config))) {
    expect(check).toMatchObject({ enabled: true, depends_on: ["digitalocean_app.app"] });
  }
});

test("while the maintenance page is shown the checks sleep, and keep their alerts", () => {
  const maintained = checksOf((config) => ({
    ...config,
    services: { ...config.services, maintenancePage: { enabled: true } },
  }));

  expect(new Set(Object.values(maintained).map(({ enabled }) => enabled))).toEqual(
    new Set([false]),
  );
});

test("images without service levels are asked for none", () => {
  const without = checksOf((config) => ({
    ...config,
    monitoring: {
      objectives: { enabled: false, disabledReason: "Accepted: these images have none of it." },
    },
  }));

  expect(Object.keys(without).toSorted()).toEqual([
    "uptime_api",
    "uptime_frontend",
    "uptime_media",
  ]);
});

test("checks and their alerts keep their names in the state, wherever their construct stands", () => {
  const stack = new TerraformStack(new App(), "any");
  const elsewhere = new Construct(stack, "elsewhere");
  new UptimeMonitoring(elsewhere, "moved", { config: checked(production), app });
  const { resource } = stack.toTerraform() as { resource: Record<string, object> };

  expect(Object.keys(resource.digitalocean_uptime_check ?? {}).toSorted()).toEqual([
    "uptime_api",
    "uptime_frontend",
    "uptime_media",
    "uptime_service_levels_api",
    "uptime_service_levels_edge",
    "uptime_service_levels_frontend",
  ]);
  expect(Object.keys(resource.digitalocean_uptime_alert ?? {})).toContain(
    "uptime_media_ssl_expiry",
  );
});
