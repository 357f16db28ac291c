import type { Check } from "../../context/check.ts";
import { CheckSkipped } from "../../context/check.ts";
import {
  planComparisons,
  settingComparisons,
  statusComparisons,
  trustedSourceComparisons,
} from "../databases.ts";
import { contentComparisons, strangerComparisons } from "../database-contents.ts";
import { logSinkComparisons } from "../log-sinks.ts";
import type { VerifyContext } from "../context.ts";
import { everyPage } from "../../platform/every-page.ts";
import { compared, deployOrKeep } from "./compared.ts";

const severity = "error";
const hour = 3_600_000;

/** Oldest that the newest backup may be, in hours: backups are daily, and their hour wanders a little. */
const oldestBackup = 26;

/** Whether the databases serve, are closed, and are as configured. */
export const runningDatabaseChecks: readonly Check<VerifyContext>[] = [
  compared(
    {
      id: "clusters-online",
      severity,
      what: "Both clusters are online.",
      why: "A cluster that is being resized, moved or restored may refuse connections.",
      fix: "wait until it is online; https://cloud.digitalocean.com/databases shows what it does",
    },
    ({ config }, observed) => statusComparisons(config, observed),
  ),
  compared(
    {
      id: "database-firewalls",
      severity,
      what: "Both clusters trust the VPC, and nothing else.",
      why: "A cluster without trusted sources accepts connections from the whole internet.",
      fix: "`mam deploy <environment>` writes the trusted sources again",
    },
    ({ config }, observed) => trustedSourceComparisons(config, observed),
  ),
  compared(
    {
      id: "database-plans",
      severity,
      what: "Engine, version, size, nodes and network of both clusters are as configured.",
      why: "A cluster that is smaller, alone or elsewhere fails when it is needed most.",
      fix: deployOrKeep,
    },
    ({ config }, observed) => planComparisons(config, observed),
  ),
  compared(
    {
      id: "database-contents",
      severity,
      what: "The database, the API's users and their pool are there.",
      why: "The API cannot connect without them.",
      fix: deployOrKeep,
    },
    ({ config }, observed) => contentComparisons(config, observed),
  ),
  compared(
    {
      id: "database-strangers",
      severity: "warning",
      what: "PostgreSQL has no user and no database that nobody configured.",
      why: "Whoever got such a user reads what the API reads, and no deployment takes it away.",
      fix: "ask who made it, then delete it in the control panel",
    },
    ({ config }, observed) => strangerComparisons(config, observed),
  ),
  compared(
    {
      id: "database-settings",
      severity,
      what: "The settings that protect what is in the databases are as configured.",
      why: "A queue that evicts loses jobs, and a transaction that idles blocks all others.",
      fix: deployOrKeep,
    },
    ({ config }, observed) => settingComparisons(config, observed),
  ),
  compared(
    {
      id: "database-log-sinks",
      severity,
      what: "Both clusters send their logs where the environment says.",
      why: "Slow queries and refused connections are seen nowhere else.",
      fix: deployOrKeep,
    },
    ({ config }, observed) => logSinkComparisons(config, observed),
  ),
  {
    id: "database-backups",
    severity,
    what: `PostgreSQL has a backup that is younger than ${oldestBackup} hours.`,
    why: "A restore goes back to the newest backup that there is.",
    fix: "ask DigitalOcean's support why the cluster has no new backup, and dump the database until it has",
    run: async ({ session, observed, now }) => {
      const { postgres } = await observed();
      if (!postgres) throw new CheckSkipped("there is no PostgreSQL cluster");
      const { id: cluster_id, name, created_at: created = "" } = postgres.cluster;
      if (now.getTime() - Date.parse(created ?? "") < 24 * hour) {
        throw new CheckSkipped("the cluster is younger than a day, and need not have a backup yet");
      }
      const backups = await everyPage(
        (query) =>
          session.clients.digitalOcean().call("listDatabaseBackups", { cluster_id }, { query }),
        ({ backups }) => backups,
      );
      const newest = backups
        .map((one) => one.created_at)
        .toSorted()
        .at(-1);
      if (newest && now.getTime() - Date.parse(newest) <= oldestBackup * hour) return [];
      return [
        {
          resource: `the newest backup of ${name}`,
          expected: `younger than ${oldestBackup} hours`,
          found: newest ? `of ${newest}` : "none",
        },
      ];
    },
  },
];
