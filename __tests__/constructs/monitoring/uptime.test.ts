import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";

import { UptimeMonitoring } from "../../../constructs/monitoring/uptime.ts";
import { production } from "../../../environments/production.ts";
import { checked } from "../../support/environments.ts";

test("checks and their alerts keep their names in the state, wherever their construct stands", () => {
  const stack = new TerraformStack(new App(), "any");
  const elsewhere = new Construct(stack, "elsewhere");
  new UptimeMonitoring(elsewhere, "moved", { config: checked(production) });
  const { resource } = stack.toTerraform() as { resource: Record<string, object> };

  expect(Object.keys(resource.digitalocean_uptime_check ?? {}).toSorted()).toEqual([
    "uptime_api",
    "uptime_frontend",
    "uptime_media",
  ]);
  expect(Object.keys(resource.digitalocean_uptime_alert ?? {})).toContain(
    "uptime_media_ssl_expiry",
  );
});
