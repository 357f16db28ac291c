import { z } from "zod";

import type { ResourceType } from "@mam-infra/provider/engine/resource";
import { compared, type Comparison } from "./provider-fields.ts";

const paths = z.array(z.string()).exactOptional();

/** What the programs do that their schemas do not say, by resource type, as far as it was read in them. */
export const readBehaviour = z.record(
  z.string(),
  z.looseObject({
    force_new: paths,
    computed_blocks: paths,
    defaults: z.record(z.string(), z.unknown()).exactOptional(),
    timeouts: z.record(z.string(), z.string()).exactOptional(),
    importable: z.boolean().exactOptional(),
  }),
);

type Read = z.infer<typeof readBehaviour>[string];

/** A resource type, as far as it is compared. */
export interface ComparedResource {
  readonly type: string;
  readonly behaviour: ResourceType<never>["behaviour"];
  readonly importId?: unknown;
}

/** What replaces a resource, defaults, blocks that the API decides, timeouts, and whether it can be imported: what was read of it. */
export function compareBehaviour(
  { type, behaviour, importId }: ComparedResource,
  read: Read,
): Comparison[] {
  const { force_new, computed_blocks, defaults, timeouts, importable } = read;
  return [
    ...membersOf(`${type} replaced by`, behaviour.force_new, force_new),
    ...membersOf(`${type} computed`, behaviour.computed_blocks, computed_blocks),
    ...valuesOf(`${type} default of`, behaviour.defaults, defaults),
    ...valuesOf(`${type} timeout of`, behaviour.timeouts, timeouts && inSeconds(timeouts)),
    ...(importable === undefined
      ? []
      : [compared(`${type} imported`, importId !== undefined, importable)]),
  ];
}

function membersOf(
  what: string,
  ours: readonly string[] = [],
  theirs: readonly string[] | undefined,
): Comparison[] {
  if (!theirs) return [];
  return [...new Set([...ours, ...theirs])].map((path) =>
    compared(`${what} ${path}`, ours.includes(path), theirs.includes(path)),
  );
}

function valuesOf(
  what: string,
  ours: Readonly<Record<string, unknown>> = {},
  theirs: Readonly<Record<string, unknown>> | undefined,
): Comparison[] {
  if (!theirs) return [];
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].map((path) =>
    compared(`${what} ${path}`, ours[path], theirs[path]),
  );
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Times as Go prints them, `1h30m0s`, in seconds. */
function inSeconds(times: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(times).map(([name, text]) => [
      name,
      [...text.matchAll(/(\d+)([hms])/g)].reduce(
        (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? NaN),
        0,
      ),
    ]),
  );
}
