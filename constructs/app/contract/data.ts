import { bindable, postgresUrl, valkeyUrl } from "../bindables.ts";
import { databaseComponents } from "../context.ts";
import { type ContractVariable, configured, fixed, made } from "./variable.ts";

/** How the components reach the databases and the queue. */
export const dataVariables: readonly ContractVariable[] = [
  {
    name: "POSTGRES_URL",
    holders: ["api"],
    source: made("bindables, private host of the pool", ({ data: { postgres } }) =>
      postgresUrl(postgres.pooled, databaseComponents.application),
    ),
    meaning:
      "PostgreSQL through the transaction pool: no session features, no named prepared statements.",
  },
  {
    name: "POSTGRES_URL",
    holders: ["migrate"],
    source: made("bindables, private host of the cluster", ({ data: { postgres } }) =>
      postgresUrl(postgres.direct, databaseComponents.administrator),
    ),
    meaning: "PostgreSQL directly, as the administrator, who may alter the schema.",
  },
  {
    name: "POSTGRES_CA_CERT",
    holders: ["api"],
    source: made("bindable", () => bindable(databaseComponents.application, "CA_CERT")),
    meaning: "Certificate authority of the cluster, to verify whom the client talks to.",
  },
  {
    name: "POSTGRES_CA_CERT",
    holders: ["migrate"],
    source: made("bindable", () => bindable(databaseComponents.administrator, "CA_CERT")),
    meaning: "Certificate authority of the cluster.",
  },
  {
    name: "POSTGRES_APPLICATION_USER",
    holders: ["migrate"],
    source: configured("database.user"),
    meaning:
      "User of the API, to whom migrations grant rights on what they create: a new user has none.",
  },
  {
    name: "REDIS_URL",
    holders: ["api", "worker"],
    source: made("bindables, private host of the cluster", valkeyUrl),
    meaning: "Valkey over TLS.",
  },
  {
    name: "PREVIEW_STREAM",
    holders: ["api", "worker"],
    source: fixed("previews:build"),
    meaning: "Stream of preview jobs.",
  },
  {
    name: "PREVIEW_CONSUMER_GROUP",
    holders: ["worker"],
    source: fixed("previewers"),
    meaning: "Consumer group of the workers. A job given up by one is claimed by another.",
  },
];
