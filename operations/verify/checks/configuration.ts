import type { Check } from "../../command/check.ts";
import { appComparisons } from "../app.ts";
import type { VerifyContext } from "../context.ts";
import { databaseComparisons } from "../databases.ts";
import { domainComparisons } from "../domain.ts";
import { monitoringComparisons } from "../monitoring.ts";
import { networkComparisons } from "../network.ts";
import { compared } from "./compared.ts";

const severity = "error";
const fix =
  "run `mam plan` to see the difference, and `mam deploy` to bring it back, or put it into the environment file to keep it";

/** Whether what stands on DigitalOcean is what the environment file says. */
export const configurationChecks: readonly Check<VerifyContext>[] = [
  compared(
    {
      id: "network",
      severity,
      what: "VPC and project are as configured.",
      why: "A resource outside of the project or the VPC is neither seen nor protected.",
      fix,
    },
    ({ config }, survey) => networkComparisons(config, survey),
  ),
  compared(
    {
      id: "databases",
      severity,
      what: "PostgreSQL and Valkey are as configured.",
      why: "A cluster of another plan, or one that is open, fails or leaks under load.",
      fix,
    },
    ({ config }, survey) => databaseComparisons(config, survey),
  ),
  compared(
    {
      id: "app",
      severity,
      what: "The app's components, variables and alerts are as configured.",
      why: "A variable that is missing, or a secret in clear, shows when a component next starts.",
      fix,
    },
    appComparisons,
  ),
  compared(
    {
      id: "zone",
      severity,
      what: "The zone's records lead to the app and allow its certificate authorities.",
      why: "A certificate that cannot be renewed expires.",
      fix,
    },
    ({ config }, survey) => domainComparisons(config, survey),
  ),
  compared(
    {
      id: "monitoring",
      severity,
      what: "Uptime checks and alert policies are as configured.",
      why: "An alert that is missing is noticed after the outage.",
      fix,
    },
    ({ config }, survey) => monitoringComparisons(config, survey),
  ),
];
