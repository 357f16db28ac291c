import type { EnvironmentConfig } from "../../environments/schema.ts";
import type { DigitalOcean } from "../../operations/clients/digitalocean.ts";
import { everyPage } from "../../operations/verify/every-page.ts";
import { survey } from "../../operations/verify/survey.ts";

/** Ids of all deployments of the app, newest first: none when there is no app. */
export async function deploymentIds(
  api: DigitalOcean,
  config: EnvironmentConfig,
): Promise<string[]> {
  const { app } = await survey(api, config);
  if (!app) return [];
  const list = await everyPage(
    (query) => api.call("listDeployments", { app_id: app.id }, { query }),
    ({ deployments }) => deployments,
  );
  return list.map(({ id }) => id);
}
