import { z } from "zod";

import { schemaAt } from "../../plan/adoption-line.ts";
import type { ClusterContents } from "../standing.ts";

/** Settings of PostgreSQL that the environment decides, and how many of its unit are one of ours. */
const settings = [
  ["log_min_duration_statement", "slowQueryMilliseconds", 1],
  ["idle_in_transaction_session_timeout", "idleInTransactionSeconds", 1000],
  ["work_mem", "workMemoryMib", 1],
  ["autovacuum_vacuum_scale_factor", "autovacuumScaleFactor", 1],
  ["backup_hour", "backupHour", 1],
] as const;

/** The settings that somebody chose, where the environment may say them; the rest gets what is recommended. */
export function settingsOf({ settings: standing }: ClusterContents) {
  const chosen = settings.flatMap(([theirs, ours, unit]) => {
    const value = Number(standing[theirs]) / unit;
    const schema = schemaAt(`database.settings.${ours}`);
    const fits = schema !== undefined && z.safeParse(schema, value).success;
    return standing[theirs] !== undefined && fits ? [[ours, value] as const] : [];
  });
  return chosen.length === 0 ? {} : { settings: Object.fromEntries(chosen) };
}
