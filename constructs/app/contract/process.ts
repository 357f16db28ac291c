import { bindable } from "../bindables.ts";
import { type ContractVariable, fromConfig, constant, computed } from "./variable.ts";

/** What every process has to know about itself and its neighbours. */
export const processVariables: readonly ContractVariable[] = [
  {
    name: "NODE_ENV",
    components: ["frontend", "api", "worker", "edge", "migrate", "backup"],
    source: constant("production"),
    meaning: "Mode of the Node.js libraries; the same in every environment.",
  },
  {
    name: "MAM_ENVIRONMENT",
    components: ["frontend", "api", "worker", "edge", "migrate", "backup"],
    source: fromConfig("name"),
    meaning: "Environment, for log lines and error reports.",
  },
  {
    name: "LOG_LEVEL",
    components: ["frontend", "api", "worker", "edge", "migrate", "backup"],
    source: fromConfig("logs.level"),
    meaning: "Least level to log. Logs are JSON lines on standard output.",
  },
  {
    name: "RELEASE_DIGEST",
    components: ["frontend", "api", "worker", "edge", "backup"],
    source: computed(
      "release file",
      ({ release: { images } }, component) =>
        (component === "migrate" ? images.api : images[component]) ?? "",
    ),
    meaning: "Digest of the running image, to be reported by the health endpoint.",
  },
  {
    name: "PORT",
    components: ["frontend", "api", "edge"],
    source: fromConfig("services.{component}.port"),
    meaning: "Port to listen on, at 0.0.0.0.",
  },
  {
    name: "WORKER_HEALTH_PORT",
    components: ["worker"],
    source: fromConfig("services.worker.port"),
    meaning: "Port of the worker's health endpoint.",
  },
  {
    name: "NEXT_PUBLIC_API_BASE",
    components: ["frontend"],
    source: computed("`domain.appHost`", ({ config }) => `https://${config.domain.appHost}/api`),
    meaning:
      "Public base of the API. The image reads it at run time: one image serves every environment.",
  },
  {
    name: "NEXT_PUBLIC_EDGE_BASE",
    components: ["frontend"],
    source: computed("`domain.mediaHost`", ({ config }) => `https://${config.domain.mediaHost}`),
    meaning: "Public base of media. Read at run time.",
  },
  {
    name: "API_BASE",
    components: ["worker"],
    source: computed("bindable of the API", () => bindable("api", "PRIVATE_URL")),
    meaning: "Base of the API inside the app's own network, where the worker reports results.",
  },
];
