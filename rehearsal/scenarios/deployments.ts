import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { everyPage } from "../../operations/platform/every-page.ts";
import { observe } from "../../operations/platform/observed-state.ts";

/** Ids of all deployments of the app, newest first: none when there is no app. */
export async function deploymentIds(
  api: DigitalOcean,
  config: EnvironmentConfig,
): Promise<string[]> {
  const { app } = await observe(api, config);
  if (!app) return [];
  const list = await everyPage(
    (query) => api.call("listDeployments", { app_id: app.id }, { query }),
    ({ deployments }) => deployments,
  );
  return list.map(({ id }) => id);
}
