import { z } from "zod";

import { resourceName } from "../../../constructs/naming.ts";
import { deployerName } from "../../../constructs/storage/deployer-policy.ts";
import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";
import { snapshotStates } from "../../harness/states.ts";

/** Something that stands on a platform: what it is, what people call it, and what Terraform knows it by. */
export interface StandingResource {
  readonly kind: string;
  readonly name: string;
  readonly id: string;
}

const instances = z.array(
  z.looseObject({ attributes: z.looseObject({ id: z.union([z.string(), z.number()]) }) }),
);

/** What stands on the platforms and no state knows, and what stands there twice. */
export function orphans(cloud: RehearsalCloud): string[] {
  const names = standingOn(cloud).map(({ kind, name }) => `${kind} ${name}`);
  return [
    ...unknownTo(cloud).map(({ kind, name, id }) => `${kind} ${name} (${id}) is in no state`),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `${name} stands twice`),
  ];
}

/**
 * What stands on the platforms and no state knows. Read from the platforms' stores, so that neither a list of names nor a
 * page of the API can hide anything.
 */
export function unknownTo(cloud: RehearsalCloud): StandingResource[] {
  const known = new Set(
    [...snapshotStates(cloud).values()].flatMap((text) =>
      instances.parse(JSON.parse(text)).map(({ attributes }) => String(attributes.id)),
    ),
  );
  return standingOn(cloud).filter(({ id }) => !known.has(id));
}

function standingOn(cloud: RehearsalCloud): StandingResource[] {
  return [...onDigitalOcean(cloud), ...onWasabi(cloud)];
}

function onDigitalOcean({
  digitalOcean: { store },
  environment,
}: RehearsalCloud): StandingResource[] {
  const isOurs = ({ name }: { readonly name: string }) =>
    name.startsWith(resourceName(environment.config));
  const named = (kind: string, list: readonly { readonly name: string; readonly id: string }[]) =>
    list.filter(isOurs).map(({ name, id }) => ({ kind, name, id }));
  const parts = store.databases.flatMap(({ id, name, dbs, users, pools }) => [
    ...dbs
      // Every cluster is born with it.
      .filter((db) => db !== "defaultdb")
      .map((db) => ({ kind: "database", name: `${name}/${db}`, id: `${id}/database/${db}` })),
    ...users
      .filter(({ role }) => role === "normal")
      .map((user) => ({
        kind: "user",
        name: `${name}/${user.name}`,
        id: `${id}/user/${user.name}`,
      })),
    ...pools.map((pool) => ({
      kind: "pool",
      name: `${name}/${pool.name}`,
      id: `${id}/${pool.name}`,
    })),
  ]);
  return [
    ...named("VPC", store.vpcs),
    ...named("project", store.projects),
    ...named("cluster", store.databases),
    ...parts,
    ...store.apps.map(({ id, spec: { name } }) => ({ kind: "app", name, id })),
    ...store.domains.map(({ name }) => ({ kind: "domain", name, id: name })),
    ...named("uptime check", store.uptimeChecks),
    ...store.uptimeChecks.flatMap((check) =>
      check.alerts.map(({ name, id }) => ({ kind: "uptime alert", name, id })),
    ),
    ...store.alertPolicies.map(({ uuid, description }) => ({
      kind: "alert policy",
      name: description,
      id: uuid,
    })),
  ];
}

function onWasabi({ wasabi, environment }: RehearsalCloud): StandingResource[] {
  // The user who deploys was there before.
  const users = [...wasabi.account.users.values()].filter(
    ({ name }) => name !== deployerName(environment.config),
  );
  return [
    ...[...wasabi.store.buckets.keys()].map((name) => ({ kind: "bucket", name, id: name })),
    ...users.flatMap(({ name, accessKeys }) => [
      { kind: "storage user", name, id: name },
      ...[...accessKeys.keys()].map((id) => ({ kind: "access key", name: id, id })),
    ]),
  ];
}
