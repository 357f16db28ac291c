import { slots } from "../../../environments/schema/rotation.ts";
import { applicationUser } from "../../database/application-user.ts";
import { bindable, postgresUrl, valkeyUrl } from "../bindables.ts";
import { type AppContext, databaseComponents } from "../context.ts";
import { type ContractVariable, constant, computed } from "./variable.ts";

/** The database component whose user the API connects as. */
const activeComponent = ({ rotation }: AppContext) =>
  databaseComponents.application[rotation["database-user"].active];

/** How the components reach the databases and the queue. */
export const dataVariables: readonly ContractVariable[] = [
  {
    name: "POSTGRES_URL",
    components: ["api"],
    source: computed(
      "bindables of the rotation's active user, private host of the pool",
      (context) => postgresUrl(context.data.postgres.pooled, activeComponent(context)),
    ),
    meaning:
      "PostgreSQL through the transaction pool: no session features, no named prepared statements.",
  },
  {
    name: "POSTGRES_URL",
    components: ["migrate", "backup"],
    source: computed("bindables, private host of the cluster", ({ data: { postgres } }) =>
      postgresUrl(postgres.direct, databaseComponents.administrator),
    ),
    meaning:
      "PostgreSQL directly, as the administrator, who may alter the schema, and read all that is dumped.",
  },
  {
    name: "POSTGRES_CA_CERT",
    components: ["api"],
    source: computed("bindable", (context) => bindable(activeComponent(context), "CA_CERT")),
    meaning: "Certificate authority of the cluster, to verify whom the client talks to.",
  },
  {
    name: "POSTGRES_CA_CERT",
    components: ["migrate", "backup"],
    source: computed("bindable", () => bindable(databaseComponents.administrator, "CA_CERT")),
    meaning: "Certificate authority of the cluster.",
  },
  {
    name: "POSTGRES_APPLICATION_USERS",
    components: ["migrate"],
    source: computed("`database.user`, in both slots", ({ config }) =>
      slots.map((slot) => applicationUser(config, slot)).join(","),
    ),
    meaning:
      "Users of the API, separated by a comma: every migration grants both of them their rights on all that there is. A new user has none, and the two take turns.",
  },
  {
    name: "REDIS_URL",
    components: ["api", "worker"],
    source: computed("bindables, private host of the cluster", valkeyUrl),
    meaning: "Valkey over TLS.",
  },
  {
    name: "PREVIEW_STREAM",
    components: ["api", "worker"],
    source: constant("previews:build"),
    meaning: "Stream of preview jobs.",
  },
  {
    name: "PREVIEW_CONSUMER_GROUP",
    components: ["worker"],
    source: constant("previewers"),
    meaning: "Consumer group of the workers. A job given up by one is claimed by another.",
  },
];
