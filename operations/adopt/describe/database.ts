import {
  databasePlan,
  postgresConnectionLimit,
} from "../../../environments/platform/database-plans.ts";
import { schemaAt } from "../../plan/adoption-line.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { postgresMajors } from "../../../environments/schema/database.ts";
import type { Described, Remark } from "../remark.ts";
import type { ClusterContents, Standing } from "../standing.ts";
import { maintenanceOf, refused, trustedSourceRemarks } from "./cluster.ts";
import { settingsOf } from "./database-settings.ts";
import { z } from "zod";

type Database = EnvironmentInput["database"];

/** Connections that the schema keeps free beside the pool, unless a file says otherwise. */
const reservedConnections = 15;

/** Logical databases that every cluster has. */
const platformDatabases = ["defaultdb", "_dodb"];

/** The databases that an app names. */
export function namedDatabases({ spec }: Standing["app"]) {
  return spec.databases ?? [];
}

/**
 * The PostgreSQL cluster, its database, its user and its pool.
 *
 * @param otherwise what the other environment has: for a cluster that is made anew.
 * @param said name of the logical database, where a person says which one is meant.
 */
export function describeDatabase(
  standing: Standing,
  otherwise: Database,
  said?: string,
): Described<Database> {
  const { postgres, app } = standing;
  const development = developmentDatabases(app);
  if (!postgres) {
    const isNew: Remark = { fate: "changed", about: "PostgreSQL", what: "a cluster is made anew" };
    return { fields: otherwise, remarks: [isNew, ...development] };
  }
  const name = databaseName(standing, postgres, said);
  const user = userOf(standing, postgres);
  const pool = poolOf(postgres, name.value);
  const plan = planOf(postgres);
  return {
    fields: {
      ...otherwise,
      ...plan.fields,
      ...(name.value === undefined ? {} : { name: name.value }),
      ...(user === undefined ? {} : { user }),
      ...poolFields(postgres, pool, otherwise.pool),
      ...settingsOf(postgres),
    },
    remarks: [...plan.remarks, ...name.remarks, ...poolRemarks(postgres, pool), ...development],
  };
}

function planOf(contents: ClusterContents): Described<Partial<Database>> {
  const { cluster } = contents;
  const { engine, version, size, num_nodes: nodes } = cluster;
  const about = `the cluster ${cluster.name}`;
  const edition = engine === "advanced_pg" ? ("advanced" as const) : ("standard" as const);
  const major = postgresMajors.find((one) => one === version?.split(".")[0]);
  const old = refused(
    about,
    `version ${version ?? "unknown"} is none of ${postgresMajors.join(", ")}`,
    "upgrade it in the control panel first: it is done in place",
  );
  const single =
    nodes === 1 ? { singleNodeReason: "It had a single node when it was adopted." } : {};
  return {
    fields: {
      cluster: cluster.name,
      edition,
      ...(major === undefined ? {} : { version: major }),
      size: size ?? "",
      nodes: nodes ?? 1,
      ...single,
      ...maintenanceOf(cluster),
    },
    remarks: major === undefined ? [old] : [],
  };
}

/** The one logical database of the platform, or why nobody knows which it is. */
function databaseName(standing: Standing, { cluster, databases }: ClusterContents, said?: string) {
  const about = `the databases of ${cluster.name}`;
  const own = databases.filter((name) => !platformDatabases.includes(name));
  const ofApp = namedDatabases(standing.app)
    .filter(({ cluster_name: of }) => of === cluster.name)
    .flatMap(({ db_name: name }) => name ?? []);
  const candidates = [...new Set(ofApp.length > 0 ? ofApp : own)];
  const chosen = said ?? (candidates.length === 1 ? candidates[0] : undefined);
  const refuse = (what: string, todo: string) => ({
    value: undefined,
    remarks: [refused(about, what, todo)],
  });
  if (chosen !== undefined && !databases.includes(chosen))
    return refuse(`there is none called ${chosen}`, `say one of them: ${databases.join(", ")}`);
  if (chosen === undefined) {
    if (candidates.length === 0) return { value: undefined, remarks: [] };
    return refuse(`several: ${candidates.join(", ")}`, "say which one is meant: --database <name>");
  }
  if (isAllowed("database.name", chosen)) return { value: chosen, remarks: [] };
  return refuse(
    `${chosen} is no name that database.name may have`,
    "rename it: ALTER DATABASE … RENAME TO, with lower-case letters, digits and _",
  );
}

function isAllowed(path: string, value: string): boolean {
  const schema = schemaAt(path);
  return schema !== undefined && z.safeParse(schema, value).success;
}

/** The user that the app connects as; undefined where that is the administrator, or nobody. */
function userOf({ app }: Standing, { cluster, users }: ClusterContents): string | undefined {
  const named = namedDatabases(app)
    .filter(({ cluster_name: of }) => of === cluster.name)
    .flatMap(({ db_user: user }) => user ?? []);
  return named.find(
    (user) => user !== "doadmin" && users.includes(user) && isAllowed("database.user", user),
  );
}

/** The pool that can go on as the API's: a transaction pool without a user of its own, to the same database. */
function poolOf({ pools }: ClusterContents, database: string | undefined) {
  return pools.find(
    ({ mode, user, db }) => mode === "transaction" && (user ?? "") === "" && db === database,
  );
}

/** Name of the pool that is taken over. */
export function adoptedPool(standing: Standing, database: string | undefined): string | undefined {
  return standing.postgres && poolOf(standing.postgres, database)?.name;
}

/** The pool that stands, or one that the cluster has room for. */
function poolFields(
  { cluster }: ClusterContents,
  standing: { readonly size?: number | null | undefined } | undefined,
  otherwise: Database["pool"],
): { readonly pool?: Database["pool"] } {
  const plan = databasePlan(cluster.size ?? "");
  if (standing) return { pool: { size: standing.size ?? 1 } };
  if (!otherwise || !plan) return {};
  const room = postgresConnectionLimit(plan) - reservedConnections;
  return { pool: { size: Math.max(1, Math.min(otherwise.size, room)) } };
}

function poolRemarks({ cluster, pools }: ClusterContents, taken: { name: string } | undefined) {
  return pools
    .filter(({ name }) => name !== taken?.name)
    .map(({ name }): Remark => ({
      fate: "left",
      about: `the pool ${name} of ${cluster.name}`,
      what: "it is no transaction pool in which everybody connects as themselves, and none can become one without being made anew",
      todo: "delete it once nobody uses it: its connections count against the cluster's",
    }));
}

function developmentDatabases(app: Standing["app"]): Remark[] {
  return namedDatabases(app)
    .filter(({ production }) => production !== true)
    .map(({ name }) => ({
      fate: "lost",
      about: `the development database ${name}`,
      what: "it is a part of the app and no cluster: with the first deployment it goes, and its data with it",
      todo: "make it a managed cluster in the control panel (Upgrade to a managed database), and adopt again",
    }));
}

/** What the first deployment makes of who may reach the cluster. */
export const databaseSources = ({ postgres }: Standing, range: string): Remark[] =>
  postgres ? trustedSourceRemarks(postgres, range) : [];
