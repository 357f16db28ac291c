import { canonical } from "../../../monitoring/canonical.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";

/** Everything that stands in the accounts, by what and where it is, each as text. */
export type Account = ReadonlyMap<string, string>;

/**
 * Everything that stands on DigitalOcean, Wasabi, Spaces and HCP Terraform, from the stores themselves: no page of an API and no
 * list of names can hide anything. Images are left out, because a build pushes them.
 */
export function accountOf({ digitalOcean, wasabi, spaces, hcp }: RehearsalCloud): Account {
  const { store } = digitalOcean;
  const { insights } = store;
  const lists: Readonly<Record<string, readonly object[]>> = {
    project: store.projects,
    "place in a project": store.assignments,
    network: store.vpcs,
    cluster: store.databases,
    machine: store.droplets,
    firewall: store.firewalls,
    app: store.apps,
    zone: store.domains,
    "alert policy": store.alertPolicies,
    "uptime check": store.uptimeChecks,
    tag: store.tags,
    dashboard: insights.dashboards,
    "alert rule": insights.rules,
    channel: insights.channels,
    "storage user": [...wasabi.account.users.values()],
    group: [...wasabi.account.groups.values()],
    policy: [...wasabi.account.policies.values()],
    workspace: hcp?.store.workspaces ?? [],
    variable: hcp?.store.variables ?? [],
  };
  const stores = { "bucket at Wasabi": wasabi.store, "bucket at Spaces": spaces.store };
  return new Map([
    ...Object.entries(lists).flatMap(([kind, list]) =>
      list.map((one) => [`${kind} ${nameOf(one)}`, textOf(one)] as const),
    ),
    ...Object.entries(stores).flatMap(([kind, { buckets }]) =>
      [...buckets.values()].flatMap(({ objects, ...bucket }) => [
        [`${kind} ${bucket.name}`, textOf(bucket)] as const,
        ...[...objects].map(
          ([key, versions]) => [`object ${key} in ${bucket.name}`, textOf(versions)] as const,
        ),
      ]),
    ),
    ...statesIn(hcp),
  ]);
}

/** The states of each workspace, all versions of them. */
function statesIn(hcp: RehearsalCloud["hcp"]): [what: string, text: string][] {
  const { workspaces, stateVersions } = hcp?.store ?? { workspaces: [], stateVersions: [] };
  return workspaces.map(({ id, name }) => [
    `states of ${name}`,
    textOf(
      stateVersions.filter(({ workspaceId }) => workspaceId === id).map((version) => version.md5),
    ),
  ]);
}

/** What is another than before of what stood before, and what is gone: a line for each. */
export function touched(before: Account, after: Account): string[] {
  return [...before].flatMap(([what, text]) => {
    const now = after.get(what);
    if (now === text) return [];
    return [
      now === undefined ? `${what} is gone` : `${what} is another: ${firstDifference(text, now)}`,
    ];
  });
}

/** What stands and did not before. */
export function left(before: Account, after: Account): string[] {
  return [...after.keys()].filter((what) => !before.has(what));
}

/** Lines about what an environment has of its own: who deploys it, and where its states lie. */
export function ownOf({ name, state: { backend } }: EnvironmentConfig): RegExp {
  const states =
    backend.kind === "hcp"
      ? `(workspace|states of) ${backend.workspacePrefix}${name}-`
      : `object ${name}[-.]`;
  return new RegExp(`^storage user .*deployer|^${states}`);
}

/** Lines but those of locks: one that Terraform took and gave back leaves versions of its object. */
export const withoutLocks = (lines: readonly string[]) =>
  lines.filter((line) => !/\.tflock\b/.test(line));

const names = ["urn", "name", "uuid", "id", "description"] as const;

/** What tells one thing from others of its kind. */
function nameOf(one: object): string {
  const all = { ...one, spec: undefined } as Readonly<Record<string, unknown>>;
  const { spec } = one as { readonly spec?: { readonly name?: unknown } };
  const found = [...names.map((name) => all[name]), spec?.name].filter(
    (value): value is string => typeof value === "string",
  );
  return found.slice(0, 2).join(", ");
}

/** A thing as text, maps and sets included. */
function textOf(value: unknown): string {
  return canonical(
    JSON.parse(
      JSON.stringify(value, (name, part: unknown) => {
        // Who uses a key touches nothing.
        if (name === "lastUsed") return undefined;
        return part instanceof Map || part instanceof Set ? [...(part as Iterable<unknown>)] : part;
      }),
    ),
  );
}

/** How much of two texts is shown around the place where they part. */
const shown = 40;

function firstDifference(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - shown), at + shown);
  return `${around(one)} became ${around(other)}`;
}
