import { isPostgres } from "./model.ts";
import type { DatabaseCluster } from "./model.ts";

const day = 86_400_000;

/**
 * Days that backups and point-in-time recovery reach back. Source:
 * docs.digitalocean.com/products/databases/postgresql/details/limits.
 */
const backupDays = 7;

/** A daily backup. */
export interface Backup {
  readonly created_at: string;
  readonly size_gigabytes: number;
  readonly incremental: boolean;
}

const firstBackupDelay = 600_000;

/**
 * The backups that a PostgreSQL cluster has at a point in time: one soon after its creation, then one a day until they
 * cease to be made, none older than a week. Valkey and OpenSearch clusters are given none here: the API refuses the question for Valkey.
 */
export function backupsOf(cluster: DatabaseCluster, at: Date): Backup[] {
  if (!isPostgres(cluster.engine)) return [];
  const first = Date.parse(cluster.created_at) + firstBackupDelay;
  const stopped = Date.parse(cluster.backups_stopped_at ?? at.toISOString());
  const count = Math.max(0, Math.floor((at.getTime() - first) / day) + 1);
  return Array.from({ length: count }, (_, index) => first + index * day)
    .filter((time) => time > at.getTime() - backupDays * day && time <= stopped)
    .map((time) => ({
      created_at: new Date(time).toISOString(),
      size_gigabytes: 0.03,
      incremental: false,
    }));
}

/**
 * Whether a cluster can be restored to a time: to any between its oldest backup and now, or to its newest backup when
 * no time is named.
 */
export function isRestorable(
  cluster: DatabaseCluster,
  time: string | undefined,
  at: Date,
): boolean {
  const [oldest] = backupsOf(cluster, at);
  if (!oldest) return false;
  const wanted = time === undefined ? at.getTime() : Date.parse(time);
  return wanted >= Date.parse(oldest.created_at) && wanted <= at.getTime();
}
