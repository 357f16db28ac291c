import { postgresName, resourceName } from "../../constructs/naming.ts";
import type { Violation } from "../context/check.ts";
import { type Restore, openSwitch } from "../ledger/restores.ts";
import { type Files, fileOf, newestOf } from "./files.ts";

/**
 * Whether the file that names the database's cluster is older: the last move went to another one, and none goes on to the one
 * that the files say. A deployment would make a cluster anew beside the one that holds the rows.
 */
export function olderDatabase(files: Files, restores: readonly Restore[]): Violation[] {
  const { config } = files.environment;
  const last = restores.findLast(({ kind, result }) => kind === "switch" && result === "switched");
  const said = postgresName(config);
  if (!last || last.cluster.name === said || openSwitch(restores)?.cluster.name === said) return [];
  const { name } = last.cluster;
  const file = fileOf(files, "database");
  return [
    {
      resource: file,
      expected: "not older than what runs",
      found: `the cluster ${said}, and the database was moved to ${name} later`,
      fix:
        name === resourceName(config, "postgres")
          ? `delete the file, as the move did: rm ${file}`
          : `take the newest: ${newestOf(file)}; where nobody has it: echo '{ "cluster": "${name}" }' > ${file}`,
    },
  ];
}
