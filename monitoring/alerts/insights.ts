import { insightsRuleNames } from "../rules.ts";
import type { AlertAnswer } from "./alert.ts";
import { looks } from "./looks.ts";

const disk = (key: "postgresDisk" | "valkeyDisk", full: string, size: string): AlertAnswer => ({
  source: "insights",
  key: insightsRuleNames[key],
  title: `The second alert: ${insightsRuleNames[key]}`,
  meaning: full,
  looks: [looks.clusters, looks.glance, looks.changes],
  mends: `Now, not tomorrow: a larger ${size} in the environment's file, and \`mam deploy <environment>\`.`,
});

/** Rules on Insights, by their names. */
export const insightsAnswers: readonly AlertAnswer[] = [
  {
    source: "insights",
    key: insightsRuleNames.notReady,
    title: "A service has no instance that is ready",
    meaning: "The service is down. What it does for users does not work.",
    looks: [looks.glance, looks.crash, looks.releases],
    mends:
      "If it began with a release: `mam rollback <environment>`. If instances end again and again, their last lines say why.",
  },
  {
    source: "insights",
    key: insightsRuleNames.slowApi,
    title: "The API answers slowly",
    meaning: "Lists, searches and uploads take longer than users may expect.",
    looks: [looks.glance, looks.releases, looks.clusters],
    mends:
      "The dashboard shows whether CPU and instances of api, or PostgreSQL, are short: more of it in the environment's file, and `mam deploy`. If it began with a release: `mam rollback <environment>`.",
  },
  disk(
    "postgresDisk",
    "PostgreSQL becomes read-only within hours or days. Then uploads, logins and changes fail.",
    "`database.size`",
  ),
  disk(
    "valkeyDisk",
    "Valkey soon cannot write down what it holds. A restart then loses jobs and sessions.",
    "`cache.size`",
  ),
];
