import { z } from "zod";

import { historyName, workspaceName } from "../../operations/state-place/hcp-backend.ts";
import { type StackKind, stackName, stackKinds } from "../../operations/terraform/stack-kinds.ts";
import { currentObject } from "@mam-infra/cloud/s3/versions";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";

const state = z.looseObject({
  resources: z.array(
    z.looseObject({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.looseObject({ attributes: z.unknown() })),
    }),
  ),
});

const historyState = z.looseObject({
  outputs: z.looseObject({ history: z.looseObject({ value: z.string() }) }),
});

/** Attributes of every managed resource in Terraform's states, by stack and address, as text to compare. */
export type StateSnapshot = ReadonlyMap<string, string>;

/** Reads the states that lie in the rehearsal's Spaces or HCP Terraform, from the store itself and not through Terraform. */
export function snapshotStates(cloud: RehearsalCloud): StateSnapshot {
  const entries = stackKinds.flatMap((kind) => {
    const text = newestState(cloud, kind);
    return text === "" ? [] : resourcesOf(kind, text);
  });
  return new Map(entries);
}

/** How many resources of each stack differ between two snapshots. */
export function changedResources(
  before: StateSnapshot,
  after: StateSnapshot,
): Readonly<Record<string, number>> {
  const addresses = new Set([...before.keys(), ...after.keys()]);
  const counts: Record<string, number> = {};
  for (const address of addresses) {
    if (before.get(address) === after.get(address)) continue;
    const stack = address.split(":")[0] ?? "";
    counts[stack] = (counts[stack] ?? 0) + 1;
  }
  return counts;
}

/** Text of the newest state of a stack; empty when there is none. */
export function newestState(cloud: RehearsalCloud, kind: StackKind): string {
  const stack = stackName(cloud.environment.config.name, kind);
  return isOnHcp(cloud)
    ? (workspaceVersions(cloud, stack)[0] ?? "")
    : (objectText(cloud, `${stack}.tfstate`) ?? "");
}

/** Names of locks of states that are held, or were left behind. What a doctor proves the store with locks nothing. */
export function lockKeys(cloud: RehearsalCloud): string[] {
  if (cloud.hcp && isOnHcp(cloud))
    return cloud.hcp.store.workspaces.filter(({ lock }) => lock).map(({ name }) => name);
  return stateKeys(cloud).filter((key) => key.endsWith(".tfstate.tflock"));
}

/** Texts of every version of the history of releases, newest first: what somebody may have lost since. */
export function historyVersions(cloud: RehearsalCloud): string[] {
  const { name } = cloud.environment.config;
  if (isOnHcp(cloud)) return workspaceVersions(cloud, historyName(name)).map(historyIn);
  const versions = stateBucket(cloud)?.objects.get(`${name}.ledger.json`) ?? [];
  return versions.map(({ body }) => body.toString("utf8"));
}

const isOnHcp = ({ environment }: RehearsalCloud) =>
  environment.config.state.backend.kind === "hcp";

const historyIn = (text: string) => historyState.parse(JSON.parse(text)).outputs.history.value;

/** Every version of the state of a workspace, newest first. */
function workspaceVersions({ environment, hcp }: RehearsalCloud, stack: string): string[] {
  const { backend } = environment.config.state;
  if (backend.kind !== "hcp" || !hcp) return [];
  const name = workspaceName(backend, stack);
  const id = hcp.store.workspaces.find((one) => one.name === name)?.id;
  return hcp.store.stateVersions
    .filter(({ workspaceId, state }) => workspaceId === id && state)
    .map(({ state }) => state?.toString("utf8") ?? "")
    .toReversed();
}

function objectText(cloud: RehearsalCloud, key: string): string | undefined {
  const bucket = stateBucket(cloud);
  return bucket && currentObject(bucket, key)?.body.toString("utf8");
}

function stateKeys(cloud: RehearsalCloud): string[] {
  const bucket = stateBucket(cloud);
  return bucket ? [...bucket.objects.keys()].filter((key) => currentObject(bucket, key)) : [];
}

function stateBucket({ environment, spaces }: RehearsalCloud) {
  const { backend } = environment.config.state;
  return backend.kind === "spaces" ? spaces.store.buckets.get(backend.bucket) : undefined;
}

function resourcesOf(stack: string, text: string): [address: string, attributes: string][] {
  const { resources } = state.parse(JSON.parse(text));
  return resources
    .filter(({ mode }) => mode === "managed")
    .map(({ type, name, instances }) => [`${stack}:${type}.${name}`, JSON.stringify(instances)]);
}
