import type { Remark } from "../remark.ts";
import type { ClusterContents } from "../standing.ts";
import { isAllowed } from "./allowed.ts";

/** Settings of PostgreSQL that the environment decides, and how many of its unit are one of ours. */
const settings = [
  ["log_min_duration_statement", "slowQueryMilliseconds", 1],
  ["idle_in_transaction_session_timeout", "idleInTransactionSeconds", 1000],
  ["work_mem", "workMemoryMib", 1],
  ["autovacuum_vacuum_scale_factor", "autovacuumScaleFactor", 1],
  ["backup_hour", "backupHour", 1],
] as const;

/** The settings that somebody chose, where the environment may say them; the rest gets what is recommended. */
export function settingsOf(contents: ClusterContents) {
  const chosen = chosenIn(contents).filter(({ isKept }) => isKept);
  return chosen.length === 0
    ? {}
    : { settings: Object.fromEntries(chosen.map(({ field, value }) => [field, value])) };
}

/** Settings that somebody chose, and that get another value, because the environment cannot say theirs. */
export function settingRemarks(contents: ClusterContents): Remark[] {
  const others = chosenIn(contents).filter(({ isKept }) => !isKept);
  return others.map(({ name, field, said }) => ({
    fate: "changed",
    about: `the settings of ${contents.cluster.name}`,
    what: `${name} is ${said}, which database.settings.${field} cannot be: it gets the recommended value`,
    todo: `write database.settings.${field}, if you want another one (docs/configuration.md)`,
  }));
}

function chosenIn({ settings: standing }: ClusterContents) {
  return settings.flatMap(([name, field, unit]) => {
    const said = standing[name];
    if (typeof said !== "number") return [];
    const value = said / unit;
    // The provider keeps 32-bit numbers: any other one differs on every plan.
    const isExact = Math.fround(value) === value;
    const isKept = isExact && isAllowed(`database.settings.${field}`, value);
    return [{ name, field, said, value, isKept }];
  });
}
