import { request } from "undici";

import { canonical } from "../cloud/canonical.ts";
import type { LedgerEntry } from "../cloud/ledger.ts";
import type { RehearsalCloud } from "./rehearsal-cloud.ts";

/** What stands on the platforms at the end of a rehearsal, and what was asked of them: what two rehearsals are compared by. */
export interface Inspection {
  /** The platforms' own canonical dumps, by platform. */
  readonly standing: Readonly<Record<string, string>>;
  /** How often each change was asked for: `POST /v2/apps`, with ids replaced. */
  readonly asked: Readonly<Record<string, number>>;
}

/** Text that every rehearsal makes anew, beside what the platforms themselves replace. */
const madeForOneRehearsal = [
  { name: "digest", pattern: /sha256:[0-9a-f]{64}/g },
  { name: "access-key", pattern: /AKIA[0-9A-Z]{12,}/g },
  { name: "token", pattern: /\b[0-9a-f]{32}\b/g },
];

const writing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Inspects the platforms. States of Terraform are left out: they are the providers' own business. */
export async function inspect(cloud: RehearsalCloud): Promise<Inspection> {
  const { digitalOcean, wasabiS3 } = cloud.endpoints;
  const [digitalocean, wasabi] = await Promise.all([dumpOf(digitalOcean), dumpOf(wasabiS3)]);
  const asked: Record<string, number> = {};
  for (const entry of cloud.ledger.entries().filter(changesSomething)) {
    const what = callOf(entry);
    asked[what] = (asked[what] ?? 0) + 1;
  }
  return { standing: { digitalocean, wasabi }, asked };
}

/** Whether a request changes a platform. IAM is asked everything by POST; Spaces holds states only. */
function changesSomething({ platform, method, action = "" }: LedgerEntry): boolean {
  return platform !== "spaces" && writing.has(method) && !/:(Get|List)/.test(action);
}

function callOf({ platform, method, path, action }: LedgerEntry): string {
  return platform === "wasabi" && action !== undefined ? action : `${method} ${withoutIds(path)}`;
}

async function dumpOf(address: string): Promise<string> {
  const { body } = await request(`${address}/__state`);
  return JSON.stringify(canonical(await body.json(), madeForOneRehearsal), null, 1);
}

/** A path with everything that is another in each rehearsal replaced. */
function withoutIds(path: string): string {
  return path
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "{id}")
    .replaceAll(/\/\d+(?=\/|$)/g, "/{id}");
}
