import { resourceName } from "../../../constructs/naming.ts";
import { bucketName } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, lines, list, steps, table, text } from "../model.ts";

/** What is kept, and how it comes back. */
export function restoreSection(config: EnvironmentConfig): Section {
  return {
    title: "Backups and restore",
    goals: [
      { want: "restore the database", title: "Restore the database" },
      { want: "prove that a dump restores", title: "Prove a dump" },
      { want: "bring a master back", title: "Bring a master back" },
    ],
    blocks: [
      table(["What", "How", "How long"], keptRows(config)),
      ...databaseBlocks(config),
      ...masterBlocks(config),
      heading("What cannot be restored"),
      list(
        "Valkey: it has no backups. Queue previews again; people sign in again.",
        "Previews that are gone: they are made again from their masters.",
      ),
    ],
  };
}

function keptRows({ storage, database, services }: EnvironmentConfig): string[][] {
  const { retention, masters, backups } = storage;
  const locked = (lock: typeof masters.objectLock) =>
    lock ? `, locked for ${lock.days} days (${lock.mode.toLowerCase()})` : "";
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00 UTC`;
  return [
    [
      "PostgreSQL",
      `DigitalOcean's daily backup at ${clock(database.settings.backupHour)}, and point-in-time recovery into a new cluster`,
      "7 days",
    ],
    [
      "PostgreSQL, dumps",
      services.backup.enabled
        ? `the component \`backup\`, each day at ${clock(services.backup.hour)}, into the bucket \`backups\`${locked(backups.objectLock)}`
        : `none. Why: ${services.backup.disabledReason ?? "nobody wrote it down"}`,
      `${retention.backupsDays} days`,
    ],
    [
      "masters",
      `${masters.versioning ? "every version is kept" : "no older versions"}${locked(masters.objectLock)}`,
      "for ever",
    ],
    ["previews", "made again from masters", `${retention.previewsDays} days`],
    ["uploads that were not accepted", "", `${retention.stagingDays} days`],
    [
      "deleted or replaced objects elsewhere",
      "an older version",
      `${retention.replacedVersionDays} days`,
    ],
  ];
}

function databaseBlocks(config: EnvironmentConfig) {
  const cluster = resourceName(config, "postgres");
  return [
    heading("Restore the database"),
    text(
      "A restore never overwrites what runs: it makes a new cluster beside it, from which rows are taken back.",
    ),
    steps(
      `https://cloud.digitalocean.com/databases, \`${cluster}\`, Backups: Restore to new cluster, with a moment of the last 7 days, in the same region and private network.`,
      "Give the new cluster the trusted source of the private network before anything else: without one it is open to the internet.",
      "Look at it with psql, as under Administrative access: newest rows, counts of the tables that matter.",
      "Take the rows back with `pg_dump --data-only --table=…` from the new cluster, inside a transaction; or, when everything is lost, load a whole dump into an empty database of the old cluster.",
      "Delete the new cluster when nothing needs it: it is billed, and nothing here knows of it.",
    ),
    heading("Prove a dump"),
    text(
      "Whether the newest dump restores is known beforehand: this restores it on a server that nobody uses, compares it, prints the recovery point and the time it took, and removes all of it.",
    ),
    lines("sh", `npx mam restore ${config.name} database --to latest --prove`),
    text(
      "What a dump holds, what proves that it is whole, and what an application must keep to so that it restores: [backups and restores](restore.md).",
    ),
  ];
}

function masterBlocks(config: EnvironmentConfig) {
  if (!config.storage.masters.versioning)
    return [
      heading("Bring a master back"),
      text(
        `It cannot be done: masters have no versions here. Why: ${config.storage.masters.versioningReason ?? "nobody wrote it down"}`,
      ),
    ];
  return [
    heading("Bring a master back"),
    text(
      `Deleting a master hides it, and overwriting one keeps what was there: in \`${bucketName(config, "masters")}\` the version before is copied over it. It takes a key that may read versions, which neither the deployer nor a service has ([how it is made](restore.md#a-key-that-reads-dumps)).`,
    ),
    lines(
      "sh",
      `npx mam restore ${config.name} object '<key>'`,
      `npx mam restore ${config.name} object '<key>' --object-version '<version>'`,
    ),
    text("The copy becomes the newest version; type and metadata come with it."),
  ];
}
