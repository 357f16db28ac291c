import type { AppSpecDatabase } from "@cdktf/provider-digitalocean/lib/app/index.js";

import { type AppContext, databaseComponents } from "./context.ts";

/** The managed clusters as the app sees them: what the bindable variables take user, password and certificate from. */
export function databases({ config, data }: AppContext): AppSpecDatabase[] {
  const postgres = {
    engine: "PG",
    version: config.database.version,
    production: true,
    clusterName: data.postgres.clusterName,
    dbName: config.database.name,
  };
  return [
    { ...postgres, name: databaseComponents.application, dbUser: config.database.user },
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
