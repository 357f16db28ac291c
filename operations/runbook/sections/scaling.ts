import {
  databasePlan,
  postgresConnectionLimit,
} from "../../../environments/platform/database-plans.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { componentsOf } from "../../cost/lines/app-platform.ts";
import { type Section, heading, list, steps, table } from "../model.ts";

/** How much there is of everything, how it grows, and where it ends. */
export function scalingSection(config: EnvironmentConfig): Section {
  const { name } = config;
  return {
    title: "Scaling and limits",
    goals: [
      { want: "make it larger, or smaller", title: "Scale" },
      { want: "know its limits", title: "Limits" },
    ],
    blocks: [
      heading("Scale"),
      table(["What", "Now", "Field"], [...componentRows(config), ...clusterRows(config)]),
      steps(
        `Change the field in \`environments/${name}.ts\`.`,
        `\`npx mam plan ${name}\`: it says what is deployed again, and what it costs more or less.`,
        `\`npx mam deploy ${name}\`.`,
      ),
      list(
        "Autoscaling needs a size with dedicated CPUs (`apps-d-…`), and takes the place of a count.",
        "A cluster and a disk become larger, never smaller. Nodes are replaced one by one; the pool is cut for a moment when its size changes.",
        "More instances of the API need more connections: `database.pool.size` is checked against the limit.",
        "When to grow what: [capacity](capacity.md).",
      ),
      heading("Limits"),
      table(["What", "Limit", "Where it stands"], limitRows(config)),
    ],
  };
}

/** Components of which there is one, each with the field of its size. */
const single: Readonly<Record<string, string>> = {
  migrate: "`services.migration.size`",
  backup: "`services.backup.size`",
};

function componentRows(config: EnvironmentConfig): string[][] {
  return componentsOf(config).map(({ name, kind, size, instances: { least, most } }) => [
    kind === "job" ? `job ${name}` : name,
    `${least === most ? least : `${least} to ${most}`} × \`${size}\``,
    single[name] ?? `\`services.${name}.size\`, \`services.${name}.instances\``,
  ]);
}

function clusterRows({ database, cache }: EnvironmentConfig): string[][] {
  const disk = database.storageGib ? `, ${database.storageGib} GiB of disk` : "";
  const pool = database.pool ? `, pool of ${database.pool.size}` : "";
  return [
    [
      "PostgreSQL",
      `${database.nodes} × \`${database.size}\`${disk}${pool}`,
      "`database.size`, `database.nodes`, `database.storageGib`, `database.pool.size`",
    ],
    ["Valkey", `${cache.nodes} × \`${cache.size}\``, "`cache.size`, `cache.nodes`"],
  ];
}

function limitRows(config: EnvironmentConfig): string[][] {
  const { services, secrets, database } = config;
  const { api, edge, worker } = services;
  const { all, presign, promote } = api.rateLimits;
  const per = ({ maximum, windowSeconds }: typeof all) => `${maximum} in ${windowSeconds} s`;
  const plan = databasePlan(database.size);
  return [
    ["requests to the API, for each client", per(all), "`services.api.rateLimits.all`"],
    ["upload addresses, for each client", per(presign), "`services.api.rateLimits.presign`"],
    ["promotions, for each client", per(promote), "`services.api.rateLimits.promote`"],
    ["playback requests, for each client", per(edge.rateLimit), "`services.edge.rateLimit`"],
    [
      "one upload",
      `${api.uploads.maximumObjectGib} GiB`,
      "`services.api.uploads`: [uploads](uploads.md)",
    ],
    [
      "previews at a time, for each worker",
      String(worker.concurrency),
      "`services.worker.concurrency`",
    ],
    ["a playback link", `${secrets.lifetimes.shareLinkMinutes} minutes`, "`secrets.lifetimes`"],
    ["staying signed in", `${secrets.lifetimes.refreshTokenDays} days`, "`secrets.lifetimes`"],
    ...(plan
      ? [
          [
            "connections to PostgreSQL",
            `${postgresConnectionLimit(plan)}, of which ${database.reservedConnections} are kept free`,
            "the plan of the cluster",
          ],
        ]
      : []),
    ["a request through App Platform", "100 s", "the platform"],
    ["disk of an instance", "2 GiB, lost with it", "the platform"],
  ];
}
