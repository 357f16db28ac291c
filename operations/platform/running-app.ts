import type { z } from "zod";

import { environmentContract } from "../../constructs/app/contract.ts";
import { nameOf } from "../../constructs/naming.ts";
import type { ServiceRole } from "../../constructs/storage/service-roles.ts";
import type { app } from "@mam-infra/clients/digitalocean/apps";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Session } from "../context/session.ts";
import { everyPage } from "./every-page.ts";

/** An app as the API gives it. */
export type RunningApp = z.output<typeof app>;

/** The environment's app; undefined before its first deployment. */
export async function runningApp(session: Session): Promise<RunningApp | undefined> {
  return ownApp(session, await everyApp(session));
}

/** Every app of the account. */
export async function everyApp({ clients }: Session): Promise<readonly RunningApp[]> {
  const api = clients.digitalOcean();
  return everyPage(
    (query) => api.call("listApps", {}, { query }),
    ({ apps }) => apps,
  );
}

/** The environment's app among those of the account. */
export function ownApp(
  { environment }: Session,
  apps: readonly RunningApp[],
): RunningApp | undefined {
  const name = nameOf(environment.config, "app");
  return apps.find(({ spec }) => spec.name === name);
}

/** The components of an app that have variables. */
export function componentsOf({ services, workers, jobs }: AppSpec) {
  return [...(services ?? []), ...(workers ?? []), ...(jobs ?? [])];
}

/** Value of a component's variable as the API shows it: a secret's is its ciphertext. */
export function variableOf(spec: AppSpec, component: string, name: string): string | undefined {
  return componentsOf(spec)
    .find((one) => one.name === component)
    ?.envs?.find(({ key }) => key === name)?.value;
}

/**
 * Access key id of the key that an app has of each storage role. The spec shows it beside the secret, so nobody has to
 * ask Wasabi or a state, and it is the id of the very key whose ciphertext stands there.
 */
export function storageKeyIds(spec: AppSpec): Readonly<Partial<Record<ServiceRole, string>>> {
  const ids = environmentContract.flatMap(({ source, components }) => {
    if (source.kind !== "storage-key") return [];
    const id = components.map((holder) => variableOf(spec, holder, source.id)).find(Boolean);
    return id === undefined ? [] : [[source.role, id] as const];
  });
  return Object.fromEntries(ids);
}
