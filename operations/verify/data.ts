import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Comparison } from "./comparison.ts";
import type { ObservedData } from "../platform/observed-data.ts";
import { planComparisons, settingComparisons, trustedSourceComparisons } from "./databases.ts";
import { contentComparisons } from "./database-contents.ts";
import { logSinkComparisons } from "./log-sinks.ts";
import { databaseAlertComparisons } from "./monitoring.ts";
import { dataProjectComparisons } from "./network.ts";
import { recipientComparisons } from "./recipients.ts";

/** Everything of the data stack beside what is configured: what a deployment of that stack puts right. */
export function dataComparisons(config: EnvironmentConfig, observed: ObservedData): Comparison[] {
  const { policies } = observed;
  return [
    ...dataProjectComparisons(config, observed),
    ...planComparisons(config, observed),
    ...trustedSourceComparisons(config, observed),
    ...contentComparisons(config, observed),
    ...settingComparisons(config, observed),
    ...logSinkComparisons(config, observed),
    ...databaseAlertComparisons(config, observed),
    ...recipientComparisons(config, { policies, appAlerts: [], checks: [] }),
  ];
}
