import { type Proof, locksProof, privilegesProof, sequencesProof } from "../database/comparison.ts";
import { schemaProblems } from "../database/schema.ts";
import type { ObservedDatabase, ObservedTable } from "./observed.ts";

/** A database with the text of its schema. */
export interface Compared extends ObservedDatabase {
  readonly schema: readonly string[];
}

/** Longest that a transaction is assumed to be open between the making of a row and its commit, in milliseconds. */
const openTransaction = 60_000;

/**
 * The moment until which a copy must have every row that the running database has: the newest row anywhere in it, less the
 * time that a transaction may have been open. Undefined for a copy whose rows do not say when they were made.
 */
export function horizonOf({ tables }: Pick<ObservedDatabase, "tables">): Date | undefined {
  const times = tables.flatMap(({ newest }) => newest?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times) - openTransaction);
}

/**
 * Compares a copy of an earlier moment with the database that runs. Rows are deleted and written all the time, so that counts
 * differ and mean nothing by themselves: a copy is wrong when rows are missing that are older than it.
 *
 * @param running what runs, its rows counted until {@link horizonOf} the copy.
 */
export function compareWithRunning(copy: Compared, running: Compared): Proof[] {
  const sameMigration = copy.migration === running.migration;
  const not = `${copy.migration ?? "none"}; what runs is at ${running.migration ?? "none"}, so it is not compared`;
  return [
    rowsProof(copy, running),
    {
      what: sameMigration ? "schema" : `schema of migration ${not}`,
      judged: sameMigration,
      problems: sameMigration ? schemaProblems(copy.schema, running.schema) : [],
    },
    newestProof(copy),
    sameMigration
      ? privilegesProof(running, copy)
      : {
          what: `${copy.privileges.length} privileges of migration ${not}`,
          judged: false,
          problems: [],
        },
    sequencesProof(copy.behind),
    ...locksProof(copy.locks),
  ];
}

function rowsProof(copy: ObservedDatabase, running: ObservedDatabase): Proof {
  const sum = copy.tables.reduce((total, { rows }) => total + rows, 0);
  const isEmpty = copy.tables.length === 0;
  return {
    what: `${sum} rows in ${copy.tables.length} tables`,
    problems: isEmpty
      ? ["no table is here: the backup is empty"]
      : running.tables.flatMap((table) => tableProblem(table, copy, running) ?? []),
  };
}

/** What is wrong with the rows of a table that runs; undefined where nothing is. */
function tableProblem(
  { name, rows, isDated }: ObservedTable,
  copy: ObservedDatabase,
  running: ObservedDatabase,
): string | undefined {
  const here = copy.tables.find((table) => table.name === name);
  if (!here) {
    const isLost = copy.migration === running.migration;
    return isLost ? `${name} is missing, ${rows} rows run` : undefined;
  }
  const older = running.older[name] ?? 0;
  if (isDated && older > here.rows)
    return `${name}: ${here.rows} rows here, and ${older} run that are older than the copy`;
  // Also where nothing says when it was made, no table is empty by itself.
  const mayBeEmpty = isDated && horizonOf(copy);
  if (here.rows > 0 || rows === 0 || mayBeEmpty) return undefined;
  return `${name}: empty here, ${rows} rows run`;
}

function newestProof({ newest: { assets, jobs } }: ObservedDatabase): Proof {
  const said = (row: typeof assets) => (row === null ? "none" : row.createdAt);
  return { what: `newest asset ${said(assets)}, newest job ${said(jobs)}`, problems: [] };
}
