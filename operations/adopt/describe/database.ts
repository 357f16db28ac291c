import {
  type DatabasePlan,
  databasePlan,
  postgresConnectionLimit,
} from "../../../environments/platform/database-plans.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { postgresMajors } from "../../../environments/schema/database.ts";
import type { Described, Remark } from "../remark.ts";
import type { ClusterContents, Standing } from "../standing.ts";
import { isAllowed } from "./allowed.ts";
import { databaseName, namedDatabases } from "./database-name.ts";
import { clusterRemarks, maintenanceOf, refused, trustedSourceRemarks } from "./cluster.ts";
import { settingRemarks, settingsOf } from "./database-settings.ts";

type Database = EnvironmentInput["database"];

/** Connections that the schema keeps free beside the pool, unless a file says otherwise. */
const reservedConnections = 15;

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
      ...withoutCluster(otherwise),
      ...plan.fields,
      ...(name.value === undefined ? {} : { name: name.value }),
      ...(user === undefined ? {} : { user }),
      ...poolFields(postgres, pool, otherwise.pool),
      ...settingsOf(postgres),
    },
    remarks: [
      ...plan.remarks,
      ...name.remarks,
      ...poolRemarks(postgres, pool),
      ...settingRemarks(postgres),
      ...development,
    ],
  };
}

/** What the other environment says, without what it says of its own cluster alone: a disk can only grow. */
function withoutCluster(otherwise: Database): Database {
  const own = ["storageGib", "singleNodeReason"];
  const rest = Object.entries(otherwise).filter(([field]) => !own.includes(field));
  return Object.fromEntries(rest) as Database;
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
    remarks: [...(major === undefined ? [old] : []), ...clusterRemarks(contents)],
  };
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

/** The name that pools have unless an environment says another one. */
const usualPool = "api";

/**
 * Name of the API's pool where it is other than usual: of the one that is taken over, or of a new one beside a pool that has
 * the usual name and cannot be taken over.
 */
export function adoptedPool(standing: Standing, database: string | undefined): string | undefined {
  const { postgres } = standing;
  if (!postgres) return undefined;
  const taken = poolOf(postgres, database)?.name;
  if (taken !== undefined) return taken === usualPool ? undefined : taken;
  const names = postgres.pools.map(({ name }) => name);
  if (!names.includes(usualPool)) return undefined;
  return freeName(names, `mam-${usualPool}`);
}

/** A name that none has: with a number behind it where one has it already. */
function freeName(taken: readonly string[], wanted: string, number = 1): string {
  const name = number === 1 ? wanted : `${wanted}-${number}`;
  return taken.includes(name) ? freeName(taken, wanted, number + 1) : name;
}

/** The pool that stands, or one that the cluster has room for. */
function poolFields(
  { cluster }: ClusterContents,
  standing: { readonly size?: number | null | undefined } | undefined,
  otherwise: Database["pool"],
): Pick<Database, "pool" | "reservedConnections"> {
  const plan = databasePlan(cluster.size ?? "");
  if (standing) return { pool: { size: standing.size ?? 1 }, ...reservedBeside(standing, plan) };
  if (!otherwise || !plan) return {};
  const room = postgresConnectionLimit(plan) - reservedConnections;
  return { pool: { size: Math.max(1, Math.min(otherwise.size, room)) } };
}

/** A pool that leaves fewer connections free than is usual stays as large as it is. */
function reservedBeside(
  { size }: { readonly size?: number | null | undefined },
  plan?: DatabasePlan,
) {
  const free = plan ? postgresConnectionLimit(plan) - (size ?? 1) : reservedConnections;
  return free < reservedConnections ? { reservedConnections: Math.max(1, free) } : {};
}

function poolRemarks({ cluster, pools }: ClusterContents, taken: { name: string } | undefined) {
  return pools
    .filter(({ name }) => name !== taken?.name)
    .map(({ name }): Remark => ({
      fate: "left",
      about: `the pool ${name} of ${cluster.name}`,
      what: "it is no transaction pool of the database in which everybody connects as themselves, and none can become one without being made anew",
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
