import { request } from "undici";

import { canonical } from "@mam-infra/cloud/canonical";
import type { LoggedRequest } from "@mam-infra/cloud/request-log";
import { byName } from "./by-name.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";
import { snapshotStates } from "./states.ts";

/** What stands at the end of a rehearsal, and what was asked of the platforms: what two rehearsals are compared by. */
export interface Inspection {
  /** The platforms' own dumps and the attributes in Terraform's states, by place, a line for each value with its path. */
  readonly standing: Readonly<Record<string, readonly string[]>>;
  /** How often each change was asked for: `POST /v2/apps`, with ids replaced. */
  readonly asked: Readonly<Record<string, number>>;
}

/** Text that every rehearsal makes anew, beside what the platforms themselves replace. */
const madeForOneRehearsal = [
  { name: "ciphertext", pattern: /EV\[1:[^\]]*\]/g },
  { name: "digest", pattern: /sha256:[0-9a-f]{64}/g },
  { name: "supplied", pattern: /\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b/g },
  { name: "unique", pattern: /(?<=-)\d{18}[0-9a-f]{8}\b/g },
  { name: "principal", pattern: /\b(?:AKIA|AIDA)[0-9A-Z]{12,}/g },
  // A secret key has 40 characters, the mail password made from it 44.
  { name: "secret", pattern: /(?<![\w/+])(?:[\w/+]{40}|[\w/+]{44})(?![\w/+=])/g },
  { name: "password", pattern: /AVNS_[\w-]+/g },
  { name: "host", pattern: /(?<=-)[0-9a-z]{5}(?=\.ondigitalocean\.app)/g },
  { name: "record", pattern: /\b1811\d{6}\b/g },
  { name: "time", pattern: /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \+0000 UTC/g },
  { name: "port", pattern: /(?<=127\.0\.0\.1:)\d+/g },
];

/** Attributes that change by themselves: a program, which waits by the wall's clock, reads them hours later. */
const follows = /\.live_(?:domain|url)$/;

const writing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Inspects the platforms and what Terraform remembers of them. */
export async function inspect(cloud: RehearsalCloud): Promise<Inspection> {
  const { digitalOcean, wasabiS3 } = cloud.endpoints;
  const [digitalocean, wasabi] = await Promise.all([dumpOf(digitalOcean), dumpOf(wasabiS3)]);
  const asked: Record<string, number> = {};
  for (const entry of cloud.requestLog.entries().filter(changesSomething)) {
    const what = callOf(entry);
    asked[what] = (asked[what] ?? 0) + 1;
  }
  const standing = { digitalocean, wasabi, terraform: linesOf(statesOf(cloud)) };
  return { standing, asked };
}

/** Whether a request changes a platform. IAM is asked everything by POST; Spaces holds states only. */
function changesSomething({ platform, method, action = "" }: LoggedRequest): boolean {
  return platform !== "spaces" && writing.has(method) && !/:(Get|List)/.test(action);
}

function callOf({ platform, method, path, action }: LoggedRequest): string {
  return platform === "wasabi" && action !== undefined ? action : `${method} ${withoutIds(path)}`;
}

async function dumpOf(address: string): Promise<readonly string[]> {
  const { body } = await request(`${address}/__state`);
  return linesOf(await body.json());
}

/** Attributes of every resource in the states, by address. */
function statesOf(cloud: RehearsalCloud): object {
  const states = [...snapshotStates(cloud)].map(([address, json]): [string, unknown] => {
    const instances = JSON.parse(json) as { attributes: unknown }[]; // as states.ts wrote it
    return [address, instances.map(({ attributes }) => attributes)];
  });
  return Object.fromEntries(states.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Plain data as a line for each value, with everything that is another in each rehearsal replaced. */
function linesOf(data: unknown): readonly string[] {
  return valueLines(canonical(byName(data), madeForOneRehearsal), "");
}

function valueLines(value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) {
    return follows.test(path) ? [] : [`${path} = ${JSON.stringify(value)}`];
  }
  // Sets come in an order that depends on ids.
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === "string");
  const members = Object.entries(isTexts ? [...value].sort() : value);
  if (members.length === 0) return [`${path} = ${JSON.stringify(value)}`];
  return members.flatMap(([name, member]) =>
    valueLines(member, path === "" ? name : `${path}.${name}`),
  );
}

/** A path with everything that is another in each rehearsal replaced. */
function withoutIds(path: string): string {
  return path
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "{id}")
    .replaceAll(/\/\d+(?=\/|$)/g, "/{id}");
}
