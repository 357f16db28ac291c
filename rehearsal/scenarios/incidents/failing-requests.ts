import type { Incident } from "./incident.ts";
import { runSql } from "./sql.ts";

/** A column that only the question how far an upload is reads: three of a hundred requests of the load. */
const [column, renamed] = ["part_bytes", "bytes_of_part"];

/** Three of a hundred requests to the API fail, as after a migration that the running release does not know of. */
export const failingRequests: Incident = {
  name: "failing requests",
  cause: "a column is renamed: 3 of 100 requests to the API end with 500",
  service: "api",
  objectives: ["error-rate"],
  begin: async ({ cloud }) => {
    await runSql(cloud, `alter table uploads rename column ${column} to ${renamed}`);
    return () => runSql(cloud, `alter table uploads rename column ${renamed} to ${column}`);
  },
};
