import type { AppSpecDatabase } from "@cdktf/provider-digitalocean/lib/app/index.js";

import { slots } from "../../environments/schema/rotation.ts";
import { applicationUser } from "../database/application-user.ts";
import { type AppContext, databaseComponents } from "./context.ts";

/**
 * The managed clusters as the app sees them: what the bindable variables take user, password and certificate from. Both
 * of the API's users are there at any time, so that the one that serves is changed by a variable alone: the platform
 * rolls no deployment back across a change of databases.
 */
export function databases({ config, data }: AppContext): AppSpecDatabase[] {
  const postgres = {
    engine: "PG",
    version: config.database.version,
    production: true,
    clusterName: data.postgres.clusterName,
    dbName: config.database.name,
  };
  return [
    ...slots.map((slot) => ({
      ...postgres,
      name: databaseComponents.application[slot],
      dbUser: applicationUser(config, slot),
    })),
    { ...postgres, name: databaseComponents.administrator, dbUser: "doadmin" },
    {
      name: databaseComponents.cache,
      engine: "VALKEY",
      version: config.cache.version,
      production: true,
      clusterName: data.valkey.clusterName,
    },
  ];
}
