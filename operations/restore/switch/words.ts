import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { ageOf } from "../../context/age.ts";
import { type Restore, switchSteps } from "../../ledger/restores.ts";

/** What a move does, what people notice of it and for how long, before it begins. */
export function announcement(config: EnvironmentConfig, restore: Restore, now: Date): string {
  const { cluster, source, point, done } = restore;
  const at = recoveryPointOf(restore);
  const made =
    point.kind === "cluster"
      ? `${cluster.name} stands already, and is proved first.`
      : `${cluster.name} is made (about 10 minutes, and longer for much data) and proved. Nobody notices anything until then.`;
  const age = at === undefined ? "" : `, ${ageOf(new Date(at), now)} ago`;
  return [
    `The database of ${config.name} moves from ${source.name} to ${cluster.name}.`,
    ...(done.length > 0
      ? [
          `It goes on: ${done.join(", ")} of ${switchSteps.join(", ")} are done. Where it is at work on another machine, end it there first.`,
        ]
      : []),
    "",
    `  1. ${made}`,
    `  2. Terraform's state, pool, users, trusted sources, alerts and the app move to it, with a deployment of about 5 minutes.`,
    "",
    "What people notice:",
    `  – What was written after the recovery point (${at ?? "what that cluster has"}${age}) is gone for them: uploads, changes, sign-ins. It stays in ${source.name}.`,
    "  – What they write until the app has moved goes to the old cluster, and is gone for them as well. To spare them that, show the maintenance page first: services.maintenancePage, docs/restore.md.",
    "  – Requests are answered throughout; those that are under way when an instance is replaced are drained. Who signed in after the recovery point signs in again.",
    "  – Masters and previews stay as they are. Those of clips that the restored database does not know are not deleted.",
    "",
    `${source.name} (${source.id}) is kept, and paid for, until you delete it.`,
    "",
  ].join("\n");
}

/** The moment that is gone back to, as far as it is known. */
export function recoveryPointOf({ point, begun }: Restore): string | undefined {
  switch (point.kind) {
    case "dump":
      return point.dump.replace(/T(\d{2})-(\d{2})-(\d{2})Z$/, "T$1:$2:$3Z");
    case "time":
      return point.at ?? begun;
    case "cluster":
      return undefined;
  }
}

/** What a move came to, and what is left to do by a person. */
export function switched(
  { name }: EnvironmentConfig,
  { source, cluster }: Restore,
  seconds: number,
  file: string,
): string {
  return [
    `${name} runs on ${cluster.name} (${cluster.id ?? ""}), ${seconds} s after the move began.`,
    `Commit ${file}: a deployment without it is refused, because it would replace the cluster.`,
    `The old cluster stands as it was: ${source.name} (${source.id}).`,
    `  look at it      https://cloud.digitalocean.com/databases/${source.id}`,
    `  go back to it   mam restore ${name} database --switch --to ${source.name}`,
    `  delete it       doctl databases delete ${source.id}, when nobody needs it any more: its backups go with it`,
    `Its new database users have new passwords, which the platform fills in; mam psql knows them too.`,
    "",
  ].join("\n");
}
