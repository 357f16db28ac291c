import type { z } from "zod";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { app as appShape } from "@mam-infra/clients/digitalocean/apps";
import { blocksOf, type ResourceData } from "../../engine/data.ts";
import { attempt } from "../../engine/failure.ts";
import { importById, type Operation } from "../../engine/resource.ts";
import { setAlertDestinations } from "./app/alert-destinations.ts";
import { appBehaviour } from "./app/behaviour.ts";
import { waitForDeployment } from "./app/deployment-wait.ts";
import { expandSpec, flattenSpec } from "./app/spec.ts";
import {
  askUnlessGone,
  goTime,
  type DigitalOceanContext,
  type DigitalOceanResource,
} from "./calls.ts";

type App = z.infer<typeof appShape>;

function managesDomainBlocks(data: ResourceData): boolean {
  const [spec = {}] = data.blocks("spec");
  return blocksOf(spec.domain).length > 0;
}

const read: Operation<DigitalOcean> = async (data, context) => {
  const answer = await askUnlessGone(data, "Error reading App", () =>
    context.client.call("getApp", { app_id: data.id }),
  );
  if (answer === undefined) return;
  const { app } = answer;
  data.id = app.id;
  data.set("default_ingress", app.default_ingress);
  data.set("live_url", app.live_url);
  data.set("live_domain", app.live_domain);
  data.set("updated_at", goTime(app.updated_at));
  data.set("created_at", goTime(app.created_at));
  data.set("urn", `do:app:${app.id}`);
  data.set("project_id", app.project_id);
  if (app.dedicated_ips) {
    const addresses = app.dedicated_ips.map(({ ip, id, status }) => ({ ip, id, status }));
    data.set("dedicated_ips", addresses);
  }
  data.set("spec", flattenSpec(app.spec, managesDomainBlocks(data)));
  data.set("active_deployment_id", app.active_deployment?.id);
  if (!app.active_deployment) {
    context.warn(`No active deployment found for app: ${app.spec.name} (${app.id})`, "");
  }
};

async function finishDeployment(
  data: ResourceData,
  context: DigitalOceanContext,
  app: App,
): Promise<void> {
  await waitForDeployment(context, {
    appId: app.id,
    deploymentId: app.pending_deployment?.id,
    perPage: data.number("deployment_per_page"),
    timeoutSeconds: data.timeoutSeconds("create"),
  });
  await setAlertDestinations(data, context, app.id);
}

/**
 * An app (provider 2.99.1, app/resource_app.go). A failed first deployment leaves a tainted app; a
 * failed later one leaves the new specification in the state, so the next plan says "No changes".
 */
export const app: DigitalOceanResource = {
  type: "digitalocean_app",
  behaviour: appBehaviour,
  create: async (data, context) => {
    const projectId = data.text("project_id");
    const body = {
      spec: expandSpec(data.get("spec")),
      ...(projectId === "" ? {} : { project_id: projectId }),
    };
    const { app: created } = await attempt("Error creating App", () =>
      context.client.call("createApp", {}, { body }),
    );
    data.id = created.id;
    await finishDeployment(data, context, created);
    await read(data, context);
  },
  read,
  update: async (data, context) => {
    if (data.changed("spec")) {
      const body = { spec: expandSpec(data.get("spec")), update_all_source_versions: false };
      const { app: updated } = await attempt(`Error updating app (${data.id})`, () =>
        context.client.call("updateApp", { app_id: data.id }, { body }),
      );
      await finishDeployment(data, context, updated);
    }
    await read(data, context);
  },
  delete: async (data, { client }) => {
    await attempt("Error deletingApp", () => client.call("deleteApp", { app_id: data.id }));
  },
  importId: importById,
};
