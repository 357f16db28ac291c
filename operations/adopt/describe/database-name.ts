import type { Remark } from "../remark.ts";
import type { ClusterContents, Standing } from "../standing.ts";
import { isAllowed } from "./allowed.ts";
import { refused } from "./cluster.ts";

/** Logical database of a cluster that nobody made one in, and of an app that names none: `db_name` in the API description. */
const defaultDatabase = "defaultdb";

/** Logical databases that every cluster has. */
const platformDatabases = [defaultDatabase, "_dodb"];

/** The name of a logical database, or why nobody knows which it is. */
interface ChosenDatabase {
  readonly value: string | undefined;
  readonly remarks: readonly Remark[];
}

/** The databases that an app names. */
export function namedDatabases({ spec }: Standing["app"]) {
  return spec.databases ?? [];
}

/** The one logical database of the platform. */
export function databaseName(
  standing: Standing,
  contents: ClusterContents,
  said?: string,
): ChosenDatabase {
  const { cluster, databases } = contents;
  const about = `the databases of ${cluster.name}`;
  const candidates = candidatesOf(standing, contents);
  const chosen = said ?? (candidates.length === 1 ? candidates[0] : undefined);
  const refuse = (what: string, todo: string) => ({
    value: undefined,
    remarks: [refused(about, what, todo)],
  });
  if (chosen !== undefined && !databases.includes(chosen))
    return refuse(`there is none called ${chosen}`, `say one of them: ${databases.join(", ")}`);
  if (chosen === undefined) {
    if (candidates.length === 0) return { value: undefined, remarks: [isNew(about)] };
    return refuse(`several: ${candidates.join(", ")}`, "say which one is meant: --database <name>");
  }
  if (isAllowed("database.name", chosen)) return { value: chosen, remarks: [] };
  return refuse(
    `${chosen} is no name that database.name may have`,
    "rename it: ALTER DATABASE … RENAME TO, with lower-case letters, digits and _",
  );
}

/**
 * Databases that may be the platform's: those that the app names; with an app that names the cluster alone, the one that it
 * gets, and those that somebody made.
 */
function candidatesOf({ app }: Standing, { cluster, databases }: ClusterContents): string[] {
  const own = databases.filter((name) => !platformDatabases.includes(name));
  const ofApp = namedDatabases(app).filter(({ cluster_name: of }) => of === cluster.name);
  const named = ofApp.flatMap(({ db_name: name }) => name ?? []);
  if (named.length > 0) return [...new Set(named)];
  return ofApp.length > 0 ? [defaultDatabase, ...own] : own;
}

const isNew = (about: string): Remark => ({
  fate: "changed",
  about,
  what: `nobody made one: the platform gets a new one, and what is in ${defaultDatabase} stays there`,
  todo: `say it, if that is the platform's: --database ${defaultDatabase}`,
});
