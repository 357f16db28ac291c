import { createHash } from "node:crypto";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Release } from "../../environments/schema/release.ts";
import type { Rotation } from "../../environments/schema/rotation.ts";
import { type AppContext, type DataWiring } from "../app/context.ts";
import { environmentContract } from "../app/contract.ts";
import { isSecret } from "../app/contract/variable.ts";
import { serviceRoleNames } from "../storage/service-roles.ts";
import type { ServiceRole } from "../storage/service-roles.ts";
import type { StorageKey } from "../storage/service-users.ts";
import { gpuCloudConfig } from "./cloud-config.ts";

/** What a machine's worker is made from. */
export interface WorkerSources {
  readonly config: EnvironmentConfig;
  readonly release: Release;
  readonly rotation: Rotation;
}

/** Variables whose values stand only once something is deployed: `mam` puts them into a machine's bundle. */
const deployed: ReadonlySet<string> = new Set(["REDIS_URL", "WASABI_PREVIEWS_ACCESS_KEY"]);

/** Nothing is read of it: what comes from it is among {@link deployed}. */
const nothing: Pick<AppContext, "data" | "storageKeys" | "secrets"> = {
  data: {
    vpcId: "",
    postgres: {
      clusterName: "",
      direct: { host: "", port: 0, database: "" },
      pooled: { host: "", port: 0, database: "" },
    },
    valkey: { clusterName: "", host: "", port: 0 },
  } satisfies DataWiring,
  // `fromEntries` forgets that every role is there.
  storageKeys: Object.fromEntries(
    serviceRoleNames.map((role) => [role, { id: "", secret: "" }]),
  ) as Record<ServiceRole, StorageKey>,
  secrets: { supplied: () => "", storageKey: () => "", preconditions: [] },
};

/**
 * The variables of a machine's worker that are known before anything is deployed and no secret: those of the app's worker,
 * but for where the API is. The app's own network ends at App Platform, so results are reported to the public address; a
 * job's token says who may.
 */
export function settledVariables(sources: WorkerSources): Readonly<Record<string, string>> {
  const context = { ...sources, ...nothing };
  const rows = environmentContract.filter(
    (variable) =>
      variable.components.includes("worker") &&
      !variable.leftOut?.isSo(sources.config) &&
      !isSecret(variable) &&
      !deployed.has(variable.name),
  );
  const values = rows.map(({ name, source }): [string, string] => [
    name,
    source.kind === "value" ? source.of(context, "worker") : "",
  ]);
  return {
    ...Object.fromEntries(values),
    API_BASE: `https://${sources.config.domain.appHost}`,
  };
}

/** Image of the worker without its registry, whose name only the account knows. */
export function workerImage({ config, release }: WorkerSources): string {
  return `${config.services.worker.repository}@${release.images.worker}`;
}

/** A short name of all that a machine is made from but secrets: a machine of another one has to be replaced. */
export function workerSettings(sources: WorkerSources): string {
  // A card is not changed for another one: such Droplets cannot be resized.
  const { size } = sources.config.services.worker.gpu ?? {};
  const made = [size, workerImage(sources), settledVariables(sources), gpuCloudConfig("")];
  return createHash("sha256").update(JSON.stringify(made)).digest("hex").slice(0, 16);
}
