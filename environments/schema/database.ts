import { z } from "zod";

import { defaultedGroup, field, group, reason, wholeNumber } from "./field.ts";

/** Days, as DigitalOcean names them. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** Major versions of PostgreSQL that a cluster may have. */
export const postgresMajors = ["16", "17", "18"] as const;

/** When DigitalOcean may restart a cluster for updates. */
export const maintenanceWindow = () =>
  defaultedGroup("When DigitalOcean may restart the nodes for updates.", {
    day: field(z.enum(weekdays).default("sunday"), { meaning: "Day of the week.", unit: "day" }),
    hour: field(
      z
        .string()
        .regex(/^([01]\d|2[0-3]):00$/)
        .default("02:00"),
      {
        meaning: "Start of the four-hour window, in UTC.",
        unit: "HH:00",
        examples: ["02:00", "23:00"],
      },
    ),
  });

/** Names that DigitalOcean takes for a cluster. */
export const clusterNameSchema = z.string().regex(/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/);

const poolSchema = group(
  "Transaction pool (PgBouncer) that the API connects through. It turns hundreds of client connections into a few server ones.",
  {
    size: field(wholeNumber(1, 1000), {
      meaning:
        "Server connections that the pool holds. Changing it replaces the pool, which interrupts queries for a moment.",
      unit: "connections",
    }),
  },
);

const settingsSchema = defaultedGroup("PostgreSQL settings that differ from DigitalOcean's own.", {
  slowQueryMilliseconds: field(wholeNumber(1, 60_000).default(500), {
    meaning: "Statements that take longer are logged.",
    unit: "milliseconds",
  }),
  idleInTransactionSeconds: field(wholeNumber(1, 3600).default(60), {
    meaning:
      "A session that idles inside a transaction for longer is ended. Without it one stuck client blocks vacuum and migrations.",
    unit: "seconds",
  }),
  workMemoryMib: field(wholeNumber(1, 1024).default(16), {
    meaning: "Memory for each sort or hash of a query; a query may use several.",
    unit: "MiB",
  }),
  autovacuumScaleFactor: field(z.number().min(0.01).max(1).default(0.125), {
    meaning:
      "Share of a table that changes before it is vacuumed. PostgreSQL's own 0.2 is late for the assets table.",
    unit: "fraction",
    examples: [0.125, 0.0625],
  }),
  backupHour: field(wholeNumber(1, 23).default(1), {
    meaning:
      "Hour of DigitalOcean's own daily backup, in UTC, from 1 to 23: the provider never sends a 0. Point-in-time recovery covers the 7 days before.",
    unit: "hour",
  }),
});

/** Managed PostgreSQL. */
export const databaseSchema = group("Managed PostgreSQL: the platform's source of truth.", {
  edition: field(z.enum(["standard", "advanced"]), {
    meaning:
      "DigitalOcean's edition: `standard` is engine `pg`, `advanced` is engine `advanced_pg`. From 2026-11-30 only `advanced` can have a standby node or more than 4 GiB.",
    unit: "edition",
  }),
  version: field(z.enum(postgresMajors).default("17"), {
    meaning: "Major version. Raising it upgrades the cluster in place; it cannot be lowered.",
    unit: "major version",
  }),
  size: field(z.string(), {
    meaning: "Size of each node. It can be raised, never lowered.",
    unit: "slug",
    examples: ["db-s-1vcpu-2gb", "db-s-2vcpu-4gb", "gd-2vcpu-8gb"],
  }),
  nodes: field(wholeNumber(1, 3), {
    meaning: "Nodes of the cluster: the primary and its standbys, which take over when it fails.",
    unit: "nodes",
  }),
  singleNodeReason: reason("production runs on a single database node"),
  storageGib: field(wholeNumber(10, 30_720).optional(), {
    meaning:
      "Disk of each node. It can be raised, never lowered. Without it the plan's own size is used; left out later, the disk stays as large as it is.",
    unit: "GiB",
  }),
  cluster: field(clusterNameSchema.optional(), {
    meaning:
      "Name of the cluster, where it is not `<product>-<name>-postgres`. `mam restore --switch` moves to a cluster of another name, and says it in `<environment>.database.json`, which wins over this.",
    unit: "name",
    examples: ["mam-production-postgres-20261129-0412"],
  }),
  name: field(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,62}$/)
      .default("mam"),
    { meaning: "Name of the logical database.", unit: "name", examples: ["mam"] },
  ),
  user: field(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,60}$/)
      .default("mam_app"),
    {
      meaning:
        "User of the API; a second one with `_b` behind its name takes turns with it, so that a password can be replaced. Migrations run as `doadmin`, so that the API cannot alter the schema.",
      unit: "name",
      examples: ["mam_app"],
    },
  ),
  pool: field(poolSchema.optional(), {
    meaning:
      "Transaction pool of the API, where each of its two users connects as itself. Without it the API connects directly, which an edition without pools needs.",
    unit: "group",
  }),
  reservedConnections: field(wholeNumber(1, 500).default(15), {
    meaning:
      "Connections kept free beside the pool: migrations, backups, an administrator's psql. A full database refuses its administrators too.",
    unit: "connections",
  }),
  maintenance: maintenanceWindow(),
  settings: settingsSchema,
});
