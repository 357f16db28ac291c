import { unprocessable } from "../api/errors.ts";
import type { ApiError } from "../api/errors.ts";
import type { Engine } from "./model.ts";
import { databaseOptions } from "./options.ts";
import { nodePlan } from "./plan.ts";

/** What a cluster is asked to be, at creation or after a resize. */
export interface ClusterShape {
  readonly engine: Engine;
  readonly version: string;
  readonly size: string;
  readonly num_nodes: number;
  readonly region: string;
}

interface Refusal {
  readonly applies: (shape: ClusterShape, at: Date, limitsStandardFrom: Date) => boolean;
  readonly message: (shape: ClusterShape) => string;
}

/**
 * From when Standard PostgreSQL is limited to 4 GiB and to one node, for accounts without a PostgreSQL or MySQL cluster
 * before, and for everybody. Source: docs.digitalocean.com/release-notes/upcoming/dbaas-plan-changes.
 */
export const standardLimitDates = {
  newCustomers: new Date("2026-10-15T00:00:00Z"),
  everybody: new Date("2026-11-30T00:00:00Z"),
} as const;

const standardMemoryGib = 4;

const versionOf = ({ engine, version }: ClusterShape) =>
  databaseOptions[engine].versions.find((one) => one.version === version);

const sizesFor = ({ engine, num_nodes }: ClusterShape) =>
  databaseOptions[engine].layouts.find((layout) => layout.num_nodes === num_nodes)?.sizes;

const isLimited = ({ engine }: ClusterShape, at: Date, from: Date) =>
  engine === "pg" && at.getTime() >= from.getTime();

const refusals: readonly Refusal[] = [
  {
    applies: ({ engine, region }) => !databaseOptions[engine].regions.includes(region),
    message: ({ engine, region }) => `region ${region} is not available for ${engine}`,
  },
  {
    applies: (shape, at) => {
      const availability = versionOf(shape);
      if (!availability) return true;
      const end = availability.end_of_availability;
      return end !== null && at.getTime() >= Date.parse(end);
    },
    message: ({ engine, version }) => `version ${version} is not available for ${engine}`,
  },
  {
    applies: (shape) => sizesFor(shape) === undefined,
    message: ({ engine, num_nodes }) => `${engine} cannot have ${num_nodes} nodes`,
  },
  {
    applies: (shape) => !(sizesFor(shape) ?? []).includes(shape.size),
    message: ({ engine, size, num_nodes }) =>
      `size ${size} is not available for ${engine} with ${num_nodes} nodes`,
  },
  {
    applies: (shape, at, from) => isLimited(shape, at, from) && shape.num_nodes > 1,
    message: () =>
      "Standard PostgreSQL clusters can no longer have standby nodes; use advanced_pg for high availability",
  },
  {
    applies: (shape, at, from) =>
      isLimited(shape, at, from) && (nodePlan(shape.size)?.memoryGib ?? 0) > standardMemoryGib,
    message: ({ size }) =>
      `size ${size} is no longer available for Standard PostgreSQL clusters, which are limited to ${standardMemoryGib} GiB; use advanced_pg`,
  },
];

/**
 * Why the platform does not sell such a cluster, if it does not.
 *
 * @param limitsStandardFrom which of {@link standardLimitDates} applies to the account.
 */
export function refusalOf(
  shape: ClusterShape,
  at: Date,
  limitsStandardFrom: Date,
): ApiError | undefined {
  const refusal = refusals.find(({ applies }) => applies(shape, at, limitsStandardFrom));
  return refusal && unprocessable(refusal.message(shape));
}
