import {
  settledVariables,
  workerImage,
  workerSettings,
} from "../../constructs/gpu/worker-settings.ts";
import type { AccessKey } from "@mam-infra/clients/aws-sdk";
import type { Session } from "../context/session.ts";
import { ownClusters } from "../platform/own-clusters.ts";
import { registryWith } from "../platform/registry.ts";

/** All that a new machine has to know. It has secrets: it lies in the state bucket for minutes, and nowhere else. */
export interface Bundle {
  /** The worker's image with its registry, by digest. */
  readonly image: string;
  /** What Docker logs in with, as its own file has it. */
  readonly registry: { readonly auths: Readonly<Record<string, { readonly auth: string }>> };
  readonly variables: Readonly<Record<string, string>>;
}

/** How long the login that a machine gets may be used, in seconds: it pulls once, at its first boot. */
const loginSeconds = 3600;

/**
 * Gathers what a machine has to know.
 *
 * @param key active storage key of the transcoder.
 * @throws Error when Valkey does not stand, or no registry of the account has the image.
 */
export async function machineBundle(session: Session, key: AccessKey): Promise<Bundle> {
  const { environment, clients } = session;
  const api = clients.digitalOcean();
  const { valkey } = await ownClusters(api, environment.config);
  const uri = valkey?.private_connection?.uri;
  if (!uri)
    throw new Error("Valkey has no address in the VPC yet: nothing a machine could read jobs from");
  const { repository } = environment.config.services.worker;
  const registry = await registryWith(api, repository, environment.release.images.worker);
  const login = await api.call(
    "getRegistryCredentials",
    { registry },
    { query: { expiry_seconds: loginSeconds } },
  );
  return {
    image: `registry.digitalocean.com/${registry}/${workerImage(environment)}`,
    registry: { auths: login.auths },
    variables: onALine({
      ...settledVariables(environment),
      REDIS_URL: uri,
      WASABI_PREVIEWS_ACCESS_KEY: key.accessKeyId,
      WASABI_PREVIEWS_SECRET: key.secretAccessKey,
      WORKER_SETTINGS: workerSettings(environment),
    }),
  };
}

/** Docker reads a variable a line, and has no way to write one of several. */
function onALine(variables: Readonly<Record<string, string>>): Bundle["variables"] {
  const broken = Object.keys(variables).find((name) => /[\r\n]/.test(variables[name] ?? ""));
  if (broken !== undefined)
    throw new Error(
      `${broken} has more than one line, which a machine's file of variables cannot hold`,
    );
  return variables;
}
