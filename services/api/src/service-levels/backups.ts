import type { Measure } from "@mam-services/common/service-levels/verdict";

import type { Queryable } from "../database/pool.ts";
import type { Environment } from "../environment.ts";

/**
 * Measures how old the newest dump is that was finished. Before the first one it is as old as the table that dumps are written
 * down in: a platform that never makes one misses the objective too.
 *
 * @throws what PostgreSQL says when it is away.
 */
export async function measureBackups(
  database: Queryable,
  { SERVICE_LEVEL_BACKUP_AGE_HOURS: threshold }: Environment,
): Promise<readonly Measure[]> {
  const measure = { name: "backup-age", threshold, unit: "hours" };
  if (threshold === 0) return [{ ...measure, value: undefined, off: "no backup is configured" }];
  const { rows } = await database.query<{ hours: number | null }>(
    `select (extract(epoch from now() - coalesce(max(taken_at),
       (select run_on from migrations where name = '0004_backups'))) / 3600)::float8 as hours
     from backups`,
  );
  return [{ ...measure, value: rows[0]?.hours ?? undefined }];
}
