import type { Check } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { hasMachines } from "../gpu/standing.ts";
import { appChecks } from "./checks/app.ts";
import { backupChecks } from "./checks/backups.ts";
import { runningDatabaseChecks } from "./checks/databases.ts";
import { insightsChecks } from "./checks/insights.ts";
import { linkChecks } from "./checks/links.ts";
import { machineChecks } from "./checks/machines.ts";
import { monitoringChecks } from "./checks/monitoring.ts";
import { runningNetworkChecks } from "./checks/network.ts";
import { passwordChecks } from "./checks/passwords.ts";
import { publicChecks } from "./checks/public.ts";
import { releaseChecks } from "./checks/release.ts";
import { serviceLevelChecks } from "./checks/service-levels.ts";
import { storageChecks } from "./checks/storage.ts";
import type { VerifyContext } from "./context.ts";

/** Every check of verify, in the order in which a person reads them. */
export const verifyGroups: readonly {
  readonly title: string;
  readonly checks: readonly Check<VerifyContext>[];
}[] = [
  { title: "Release", checks: releaseChecks },
  { title: "Public hosts", checks: publicChecks },
  { title: "Playback links", checks: linkChecks },
  { title: "App", checks: appChecks },
  { title: "Databases", checks: [...runningDatabaseChecks, ...passwordChecks] },
  { title: "Storage", checks: storageChecks },
  { title: "Backups", checks: backupChecks },
  { title: "Monitoring", checks: [...monitoringChecks, ...serviceLevelChecks, ...insightsChecks] },
  { title: "Network", checks: runningNetworkChecks },
];

/** The groups of an environment: those of all, and those of machines with a card where it asks for some, or some stand. */
export async function verifyGroupsOf(session: Session): Promise<typeof verifyGroups> {
  if (!(await hasMachines(session))) return verifyGroups;
  return [...verifyGroups, { title: "Machines with a card", checks: machineChecks }];
}

/** Every check of verify that is made of every environment. */
export const verifyChecks: readonly Check<VerifyContext>[] = verifyGroups.flatMap(
  ({ checks }) => checks,
);
