import { z } from "zod";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { CostLine } from "./line.ts";
import { type Reckoning, outboundGib } from "./estimate.ts";
import { type BilledComponent, componentLines, transferLine } from "./lines/app-platform.ts";
import { type BilledCluster, clusterLines } from "./lines/databases.ts";
import { type BilledMachines, linesOfMachines } from "./lines/machines.ts";
import { checksLine } from "./lines/others.ts";
import { wasabiLines } from "./lines/wasabi.ts";

/** A resource of a plan, as far as its cost is concerned. */
export interface PlannedChange {
  readonly type: string;
  readonly mode: string;
  /** Name within its type. */
  readonly name: string;
  readonly change: { readonly before: unknown; readonly after: unknown };
}

/** Which side of a plan: what stands, or what would. */
type Side = "before" | "after";

const autoscaling = z.looseObject({
  min_instance_count: z.number(),
  max_instance_count: z.number(),
});
const component = z.looseObject({
  name: z.string(),
  instance_size_slug: z.string().nullish(),
  instance_count: z.number().nullish(),
  autoscaling: z.array(autoscaling).nullish(),
});
const components = z.array(component).nullish();
const app = z.looseObject({
  spec: z.array(z.looseObject({ service: components, worker: components, job: components })),
});
const cluster = z.looseObject({
  engine: z.string().nullish(),
  size: z.string(),
  node_count: z.number(),
  storage_size_mib: z.coerce.number().nullish(),
});
const machine = z.looseObject({ size: z.string() });
const days = z.array(z.looseObject({ days: z.number().nullish() })).nullish();
const bucket = z.looseObject({
  versioning: z.array(z.looseObject({ enabled: z.boolean().nullish() })).nullish(),
  lifecycle_rule: z
    .array(z.looseObject({ expiration: days, noncurrent_version_expiration: days }))
    .nullish(),
});

/**
 * The lines of what is billed on one side of a plan: all of its app, clusters, checks and buckets, and nothing of what no
 * plan holds, which a deployment does not change.
 */
export function linesOfPlan(
  config: EnvironmentConfig,
  changes: readonly PlannedChange[],
  side: Side,
  { prices, allowances }: Reckoning,
): CostLine[] {
  const of = (type: string) =>
    changes
      .filter((one) => one.mode === "managed" && one.type === type && one.change[side])
      .map(({ name, change }) => ({ name, value: change[side] }));
  const running = of("digitalocean_app").flatMap(({ value }) => componentsIn(value));
  const checks = of("digitalocean_uptime_check").length;
  const buckets = of("aws_s3_bucket");
  return [
    ...componentLines(running, prices),
    ...(running.length > 0 ? [transferLine(running, outboundGib(config), allowances, prices)] : []),
    ...clusterLines(clustersIn(changes, side), prices),
    ...(buckets.length > 0 ? wasabiLines(withBuckets(config, buckets), prices) : []),
    ...(checks > 0 ? [checksLine(checks, prices)] : []),
    ...machinesIn(of("digitalocean_droplet")).map((one) => linesOfMachines(one, prices)),
  ];
}

/** Machines, of one size: those of another size are another line in the place of the first. */
function machinesIn(standing: readonly { readonly value: unknown }[]): BilledMachines[] {
  const sizes = standing.map(({ value }) => machine.parse(value).size);
  const [size] = sizes;
  return size === undefined ? [] : [{ size, count: sizes.length }];
}

function componentsIn(value: unknown): BilledComponent[] {
  return app
    .parse(value)
    .spec.flatMap(({ service, worker, job }) => [
      ...(service ?? []).map((one) => billed("service", one)),
      ...(worker ?? []).map((one) => billed("worker", one)),
      ...(job ?? []).map((one) => billed("job", one)),
    ]);
}

function billed(
  kind: BilledComponent["kind"],
  {
    name,
    instance_size_slug: size,
    instance_count: count,
    autoscaling,
  }: z.output<typeof component>,
): BilledComponent {
  const [scaled] = autoscaling ?? [];
  const instances = {
    least: scaled?.min_instance_count ?? count ?? 1,
    most: scaled?.max_instance_count ?? count ?? 1,
  };
  // The size of a component that names none: `instance_size_slug` in the API description.
  return { name, kind, size: size ?? "apps-s-1vcpu-0.5gb", instances };
}

/** Clusters, each with its disk only where that changes: a plan's own disk costs nothing beside it. */
function clustersIn(changes: readonly PlannedChange[], side: Side): BilledCluster[] {
  return changes
    .filter(({ type, mode }) => type === "digitalocean_database_cluster" && mode === "managed")
    .flatMap(({ name, change }) => {
      if (!change[side]) return [];
      const {
        engine,
        size,
        node_count: nodes,
        storage_size_mib: disk,
      } = cluster.parse(change[side]);
      const other = cluster.safeParse(change[side === "before" ? "after" : "before"]).data;
      const changes = disk && other?.storage_size_mib && disk !== other.storage_size_mib;
      return [
        {
          ...clusterOf(name, engine),
          size,
          nodes,
          ...(changes ? { storageGib: disk / 1024 } : {}),
        },
      ];
    });
}

function clusterOf(name: string, engine: string | null | undefined) {
  if (name === "valkey") return { name } as const;
  return {
    name: "postgres",
    edition: engine === "advanced_pg" ? "advanced" : "standard",
  } as const;
}

/** The environment with what buckets keep, and for how long, instead of what its file says. */
function withBuckets(
  config: EnvironmentConfig,
  buckets: readonly { readonly name: string; readonly value: unknown }[],
): EnvironmentConfig {
  const { retention, masters } = config.storage;
  const found = new Map(buckets.map(({ name, value }) => [name, bucket.parse(value)]));
  const kept = (tier: string, otherwise: number) => rule(found.get(tier))?.expiration ?? otherwise;
  return {
    ...config,
    storage: {
      ...config.storage,
      masters: {
        ...masters,
        versioning: found.get("masters")?.versioning?.[0]?.enabled ?? masters.versioning,
      },
      retention: {
        ...retention,
        stagingDays: kept("staging", retention.stagingDays),
        previewsDays: kept("previews", retention.previewsDays),
        backupsDays: kept("backups", retention.backupsDays),
        replacedVersionDays:
          rule(found.get("staging"))?.noncurrent ?? retention.replacedVersionDays,
      },
    },
  };
}

/** The rule of a bucket that lets objects expire. */
function rule(of: z.output<typeof bucket> | undefined) {
  const found = of?.lifecycle_rule?.find(({ expiration }) => expiration?.[0]?.days);
  return (
    found && {
      expiration: found.expiration?.[0]?.days ?? undefined,
      noncurrent: found.noncurrent_version_expiration?.[0]?.days ?? undefined,
    }
  );
}
