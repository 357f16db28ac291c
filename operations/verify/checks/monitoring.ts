import type { Check } from "../../context/check.ts";
import type { VerifyContext } from "../context.ts";
import {
  databaseAlertComparisons,
  uptimeAlertComparisons,
  uptimeCheckComparisons,
} from "../monitoring.ts";
import { recipientComparisons } from "../recipients.ts";
import { compared, deployOrKeep } from "./compared.ts";

const severity = "error";
const fix = deployOrKeep;

/** Whether an outage is noticed, and who is told. */
export const monitoringChecks: readonly Check<VerifyContext>[] = [
  compared(
    {
      id: "uptime-checks",
      severity,
      what: "Every public endpoint has its uptime check.",
      why: "An outage of an endpoint that nobody watches is reported by its users.",
      fix,
    },
    ({ config }, observed) => uptimeCheckComparisons(config, observed),
  ),
  compared(
    {
      id: "uptime-alerts",
      severity,
      what: "Every uptime check has the configured alerts.",
      why: "A check without alerts tells nobody.",
      fix,
    },
    ({ config }, observed) => uptimeAlertComparisons(config, observed),
  ),
  compared(
    {
      id: "database-alerts",
      severity,
      what: "Both clusters have the configured alerts.",
      why: "A disk that fills makes a cluster read-only, and memory that fills stops the queue.",
      fix,
    },
    ({ config }, observed) => databaseAlertComparisons(config, observed),
  ),
  compared(
    {
      id: "alert-destinations",
      severity,
      what: "Every alert goes to the configured recipients.",
      why: "The platform keeps the recipients of the app's alerts apart from its spec, so no plan ever shows another one.",
      fix,
    },
    ({ config }, observed) => recipientComparisons(config, observed),
  ),
];
