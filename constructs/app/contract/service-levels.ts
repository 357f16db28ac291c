import { backupImage } from "../backup-image.ts";
import { bindable } from "../bindables.ts";
import type { VariableComponent } from "../context.ts";
import { type ContractVariable, computed, fromConfig } from "./variable.ts";

const objective = (
  name: string,
  field: string,
  components: readonly VariableComponent[],
  meaning: string,
): ContractVariable => ({
  name: `SERVICE_LEVEL_${name}`,
  components,
  source: fromConfig(`monitoring.objectives.${field}`),
  meaning,
});

const publicServices = ["frontend", "api", "edge"] as const;

/** Images without service levels are told nothing of them. */
const leftOut: ContractVariable["leftOut"] = {
  where: "`monitoring.objectives.enabled` is false",
  isSo: ({ monitoring }) => !monitoring.objectives.enabled,
};

const variables: readonly ContractVariable[] = [
  objective(
    "WINDOW_SECONDS",
    "windowSeconds",
    publicServices,
    "Time over which requests are judged.",
  ),
  objective(
    "LEAST_REQUESTS",
    "leastRequests",
    publicServices,
    "Requests within the window from which on they are judged.",
  ),
  objective(
    "ERROR_RATE_PERCENT",
    "errorRatePercent",
    publicServices,
    "Most answers that may be 5xx.",
  ),
  objective("P95_MS", "apiP95Milliseconds", ["api"], "Time of 95 of 100 answers."),
  objective(
    "FIRST_BYTE_MS",
    "firstByteMilliseconds",
    ["api", "edge"],
    "Time in which 95 of 100 answers of playback begin. The API judges what all instances of the edge counted.",
  ),
  objective(
    "OLDEST_JOB_SECONDS",
    "oldestJobSeconds",
    ["api"],
    "Longest time that nothing is heard of a preview.",
  ),
  objective(
    "FAILED_JOBS_PERCENT",
    "failedJobsPercent",
    ["api"],
    "Most previews that may fail, of those that ended.",
  ),
  objective(
    "DEAD_LETTERS",
    "deadLetters",
    ["api"],
    "Most previews that were given up and not asked for again.",
  ),
  {
    name: "SERVICE_LEVEL_BACKUP_AGE_HOURS",
    components: ["api"],
    source: computed("`monitoring.objectives.backupAgeHours`, or 0", (context) =>
      String(
        backupImage(context) === undefined
          ? 0
          : context.config.monitoring.objectives.backupAgeHours,
      ),
    ),
    meaning: "Greatest age of the newest dump; 0 where the app has no backup.",
  },
  {
    name: "INTERNAL_PORT",
    components: ["api"],
    source: fromConfig("services.api.internalPort"),
    meaning:
      "Second port, for the other services: App Platform leads nobody from outside to it. The edge and the frontend send their counts there.",
  },
  {
    name: "SERVICE_LEVELS_BASE",
    components: ["frontend", "edge"],
    source: computed(
      "bindable of the API, `services.api.internalPort`",
      ({ config }) =>
        `http://${bindable("api", "PRIVATE_DOMAIN")}:${config.services.api.internalPort}`,
    ),
    meaning: "Where counts are sent: the API's internal port, inside the app's own network.",
  },
];

/** What a service promises, and where the services count together. docs/service-levels.md says what they make of it. */
export const serviceLevelVariables: readonly ContractVariable[] = variables.map((variable) => ({
  ...variable,
  leftOut,
}));
