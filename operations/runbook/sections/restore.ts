import { postgresName } from "../../../constructs/naming.ts";
import { bucketName } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, lines, list, table, text } from "../model.ts";

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
  const cluster = postgresName(config);
  return [
    heading("Restore the database"),
    text(
      `A restore never overwrites what runs: it makes a new cluster beside \`${cluster}\`, proves it, and moves the platform to it. It says what people will notice, and asks. Interrupted, the same line goes on; the old cluster is kept, and its id printed.`,
    ),
    lines(
      "sh",
      `npx mam restore ${config.name} database --switch --to 2026-11-29T03:15:00Z`,
      `npx mam restore ${config.name} database --switch --to latest`,
    ),
    text(
      "The first goes back to any moment of the last 7 days, by DigitalOcean's own backups; the second to the newest dump, where those are gone. What was written since stays in the old cluster. Steps, what is noticed and for how long, and the way back: [backups and restores](restore.md#move-the-platform-to-a-restored-database).",
    ),
    text(
      "Where only some rows are to be taken back, make a fork in the control panel, in the same region and private network, give it the trusted source of the network before anything else, and delete it when nothing needs it.",
    ),
    heading("Prove a moment"),
    text(
      "Whether DigitalOcean's own backups restore: this makes a fork, compares it with what runs, prints the recovery point and the time it took, and removes it.",
    ),
    lines("sh", `npx mam restore ${config.name} database --to now --prove`),
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
