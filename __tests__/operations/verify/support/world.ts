import type { App, Deployment } from "@mam-infra/cloud/digitalocean/apps/model";
import type { DatabaseCluster } from "@mam-infra/cloud/digitalocean/databases/model";
import type { Store } from "@mam-infra/cloud/digitalocean/store";
import type { Account, User } from "@mam-infra/cloud/wasabi/account";
import type { Bucket } from "@mam-infra/cloud/s3/store";
import type { TestPlatform } from "../../../support/platform.ts";

/** Plain data of a cloud, to be broken. */
export type Broken<T> = { -readonly [Key in keyof T]: T[Key] };

/** What stands in a cloud on which staging is deployed. */
export interface World {
  readonly store: Store;
  readonly app: Broken<App>;
  readonly active: Broken<Deployment>;
  readonly postgres: Broken<DatabaseCluster>;
  readonly valkey: Broken<DatabaseCluster>;
  readonly bucket: (tier: string) => Bucket;
  readonly user: (role: string) => User;
}

const lists = [
  "apps",
  "databases",
  "vpcs",
  "projects",
  "assignments",
  "domains",
  "registries",
  "alertPolicies",
  "uptimeChecks",
] as const;

/** What stands in a cloud. */
export function worldOf({ cloud }: TestPlatform): World {
  const { store } = cloud.digitalOcean;
  const [app] = store.apps;
  const active = app?.deployments.find(({ id }) => id === app.active_deployment);
  const cluster = (engine: string) => store.databases.find((one) => one.engine === engine);
  const [postgres, valkey] = [cluster("pg"), cluster("valkey")];
  if (!app || !active || !postgres || !valkey) throw new Error("staging is not deployed");
  return {
    store,
    app,
    active,
    postgres,
    valkey,
    bucket: (tier) => found(cloud.wasabi.store.buckets, `northlight-mam-staging-${tier}`),
    user: (role) => found(cloud.wasabi.account.users, `mam-staging-${role}`),
  };
}

/** Keeps what stands in a cloud, and returns what brings it back. */
export function keep({ cloud }: TestPlatform): () => void {
  const { store } = cloud.digitalOcean;
  const kept = structuredClone(Object.fromEntries(lists.map((name) => [name, store[name]])));
  const { dashboards, rules, channels } = store.insights;
  const watching = [dashboards, rules, channels].map((list): readonly [unknown[], unknown[]] => [
    list,
    structuredClone(list),
  ]);
  const { account, store: storage } = cloud.wasabi;
  const policies = [...storage.buckets.values()].map(({ name, policy }) => [name, policy] as const);
  const identities = usersOf(account);
  return () => {
    for (const name of lists)
      store[name].splice(0, Infinity, ...(structuredClone(kept[name]) as never[]));
    for (const [list, was] of watching) list.splice(0, Infinity, ...structuredClone(was));
    for (const [name, policy] of policies) found(storage.buckets, name).policy = policy;
    for (const { name, objects } of storage.buckets.values())
      if (name.endsWith("-backups")) objects.clear();
    for (const { user, inline, statuses } of identities) {
      user.inlinePolicies.clear();
      for (const [name, text] of inline) user.inlinePolicies.set(name, text);
      for (const [id, status] of statuses) found(user.accessKeys, id).status = status;
    }
  };
}

function usersOf({ users }: Account) {
  return [...users.values()].map((user) => ({
    user,
    inline: [...user.inlinePolicies],
    statuses: [...user.accessKeys].map(([id, { status }]) => [id, status] as const),
  }));
}

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key);
  if (value === undefined) throw new Error(`there is no ${key}`);
  return value;
}
