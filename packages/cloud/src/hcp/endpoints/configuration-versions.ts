import { z } from "zod";

import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import type { HcpStore } from "../model.ts";
import { configurationResource } from "../runs/documents.ts";
import { type ConfigurationVersion, newRun } from "../runs/model.ts";
import type { Runner } from "../runs/runner.ts";
import { workspaceById } from "./workspaces.ts";

const created = z.strictObject({
  data: z.strictObject({
    type: z.literal("configuration-versions"),
    attributes: z.strictObject({
      "auto-queue-runs": z.boolean().default(true),
      speculative: z.boolean().default(false),
      provisional: z.boolean().optional(),
    }),
  }),
});

/** The configuration of an id. @throws HcpError 404 when there is none */
export function configurationById(store: HcpStore, wanted: string | undefined) {
  const found = store.configurationVersions.find(({ id }) => id === wanted);
  if (!found) throw notFound();
  return found;
}

/** Takes the archive of a configuration. One that queues runs by itself begins one. */
export function takeArchive(
  store: HcpStore,
  runner: Runner,
  configuration: ConfigurationVersion,
  archive: Buffer,
  createdAt: Date,
): void {
  configuration.archive = archive;
  if (configuration.autoQueueRuns) {
    const { workspaceId, id: configurationVersionId } = configuration;
    store.runs.push(newRun({ workspaceId, configurationVersionId, createdAt }));
  }
  runner.schedule();
}

/** Configurations: announced, uploaded elsewhere, and asked for until they are there. */
export const configurationEndpoints: readonly HcpEndpoint[] = [
  endpoint({
    method: "POST",
    path: "/workspaces/:id/configuration-versions",
    body: created,
    handle: ({ store, parameters, body: { data }, origin }) => {
      const { id: workspaceId } = workspaceById(store, parameters.id);
      const { speculative, "auto-queue-runs": autoQueueRuns } = data.attributes;
      const made = { id: newId("cv"), workspaceId, speculative, autoQueueRuns, archive: undefined };
      store.configurationVersions.push(made);
      return { status: 201, document: { data: configurationResource(made, origin) } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/configuration-versions/:id",
    handle: ({ store, parameters: { id }, origin }) => ({
      document: { data: configurationResource(configurationById(store, id), origin) },
    }),
  }),
];
