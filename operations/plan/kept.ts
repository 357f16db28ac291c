import { z } from "zod";

import { valueAt } from "../../environments/rules/findings.ts";
import type { Session } from "../context/session.ts";
import { effectOf } from "../effects/effects.ts";
import type { StackKind } from "../terraform/stack-kinds.ts";
import { readState } from "../terraform/states.ts";
import { isNothing } from "./shown.ts";

/** A setting that the environment does not write, and that stays on the platform as it is. */
export interface KeptSetting {
  /** Field of the environment that would decide it. */
  readonly field: string;
  /** What the platform has. */
  readonly value: string;
  /** What leaving the field out comes to. */
  readonly means: string;
}

/** A setting that cannot be taken back by leaving it out. */
interface Removable {
  readonly part: StackKind;
  readonly address: string;
  readonly argument: string;
  readonly field: string;
  /** What stands, in the words of the environment. */
  readonly shown: (value: unknown) => string;
  /** Whether most environments leave it out: it is then only said when everything is to be shown. */
  readonly usual?: boolean;
}

const lockSchema = z.tuple([
  z.looseObject({
    rule: z.tuple([
      z.looseObject({
        default_retention: z.tuple([
          z.looseObject({ mode: z.string(), days: z.number().nullish() }),
        ]),
      }),
    ]),
  }),
]);

function shownLock(value: unknown): string {
  const lock = lockSchema.safeParse(value).data;
  if (!lock) return "on, without a default";
  const [{ rule }] = lock;
  const [{ mode, days }] = rule[0].default_retention;
  return `${mode} for ${days ?? 0} days`;
}

const lockOf = (tier: "masters" | "backups"): Removable => ({
  part: "storage",
  address: `aws_s3_bucket.${tier}`,
  argument: "object_lock_configuration",
  field: `storage.${tier}.objectLock`,
  shown: shownLock,
});

/**
 * Every setting of an environment that means nothing when it is left out. All others have a default that is written, or
 * change something that the plan shows: a test goes over all optional settings of the schema.
 */
export const removableSettings: readonly Removable[] = [
  lockOf("masters"),
  lockOf("backups"),
  {
    part: "data",
    address: "digitalocean_database_cluster.postgres",
    argument: "storage_size_mib",
    field: "database.storageGib",
    shown: (value) => `${Number(value) / 1024} GiB`,
    usual: true,
  },
];

const stateSchema = z.looseObject({
  resources: z
    .array(
      z.looseObject({
        type: z.string(),
        name: z.string(),
        instances: z.array(z.looseObject({ attributes: z.record(z.string(), z.unknown()) })),
      }),
    )
    .default([]),
});

/**
 * What stays on the platforms although the environment does not say it.
 *
 * @param all also what most environments leave out.
 */
export async function keptSettings(session: Session, all: boolean): Promise<KeptSetting[]> {
  const { config } = session.environment;
  const asked = removableSettings.filter(
    ({ field, usual = false }) => (all || !usual) && isNothing(valueAt(config, field)),
  );
  const parts = [...new Set(asked.map(({ part }) => part))];
  const states = await Promise.all(
    parts.map(async (part) => [part, await readState(session, part)] as const),
  );
  return keptIn(asked, new Map(states));
}

/** What the states have of settings that are not written. */
export function keptIn(
  asked: readonly Removable[],
  states: ReadonlyMap<StackKind, string | undefined>,
): KeptSetting[] {
  return asked.flatMap(({ part, address, argument, field, shown }) => {
    const { resources } = stateSchema.parse(JSON.parse(states.get(part) ?? "{}"));
    const stored = resources.find(({ type, name }) => `${type}.${name}` === address);
    const value = stored?.instances[0]?.attributes[argument];
    const [type = ""] = address.split(".");
    const means = effectOf(type, argument, "removed")?.means ?? "";
    return isNothing(value) ? [] : [{ field, value: shown(value), means }];
  });
}
