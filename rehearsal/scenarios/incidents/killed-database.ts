import type { Incident } from "./incident.ts";
import { postgresOf } from "./sql.ts";

/** The node of PostgreSQL fails, and comes back with its data. */
export const killedDatabase: Incident = {
  name: "a killed database",
  cause: "every process of PostgreSQL is killed",
  service: "api",
  objectives: ["database"],
  begin: ({ cloud }) => {
    const { cluster, databases } = postgresOf(cloud);
    return databases.kill(cluster.id);
  },
};
