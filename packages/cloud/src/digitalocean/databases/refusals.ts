import { unprocessable } from "../api/errors.ts";
import type { ApiError } from "../api/errors.ts";
import type { Engine } from "./model.ts";
import type { Store } from "../store.ts";
import { type EngineOptions, offeredOptions } from "./options.ts";
import { nodePlan } from "./plan.ts";

/** What a cluster is asked to be, at creation or after a resize. */
export interface ClusterShape {
  readonly engine: Engine;
  readonly version: string;
  readonly size: string;
  readonly num_nodes: number;
  readonly region: string;
}

/** What is asked for, of whom and when. */
interface Asked {
  readonly shape: ClusterShape;
  readonly offer: EngineOptions;
  readonly at: Date;
  readonly limitsStandardFrom: Date;
}

interface Refusal {
  readonly applies: (asked: Asked) => boolean;
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

const versionOf = ({ shape, offer }: Asked) =>
  offer.versions.find((one) => one.version === shape.version);

const sizesFor = ({ shape, offer }: Asked) =>
  offer.layouts.find((layout) => layout.num_nodes === shape.num_nodes)?.sizes;

const isLimited = ({ shape, at, limitsStandardFrom }: Asked) =>
  shape.engine === "pg" && at.getTime() >= limitsStandardFrom.getTime();

const refusals: readonly Refusal[] = [
  {
    applies: ({ shape, offer }) => !offer.regions.includes(shape.region),
    message: ({ engine, region }) => `region ${region} is not available for ${engine}`,
  },
  {
    applies: (asked) => {
      const availability = versionOf(asked);
      if (!availability) return true;
      const end = availability.end_of_availability;
      return end !== null && asked.at.getTime() >= Date.parse(end);
    },
    message: ({ engine, version }) => `version ${version} is not available for ${engine}`,
  },
  {
    applies: (asked) => sizesFor(asked) === undefined,
    message: ({ engine, num_nodes }) => `${engine} cannot have ${num_nodes} nodes`,
  },
  {
    applies: (asked) => !(sizesFor(asked) ?? []).includes(asked.shape.size),
    message: ({ engine, size, num_nodes }) =>
      `size ${size} is not available for ${engine} with ${num_nodes} nodes`,
  },
  {
    applies: (asked) => isLimited(asked) && asked.shape.num_nodes > 1,
    message: () =>
      "Standard PostgreSQL clusters can no longer have standby nodes; use advanced_pg for high availability",
  },
  {
    applies: (asked) =>
      isLimited(asked) && (nodePlan(asked.shape.size)?.memoryGib ?? 0) > standardMemoryGib,
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
  store: Pick<Store, "withdrawn">,
  shape: ClusterShape,
  at: Date,
  limitsStandardFrom: Date,
): ApiError | undefined {
  const asked = { shape, offer: offeredOptions(store, shape.engine), at, limitsStandardFrom };
  const refusal = refusals.find(({ applies }) => applies(asked));
  return refusal && unprocessable(refusal.message(shape));
}
