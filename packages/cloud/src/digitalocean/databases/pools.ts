import { notFound, unprocessable } from "../api/errors.ts";
import { isPostgres } from "./model.ts";
import type { ConnectionPool, DatabaseCluster } from "./model.ts";
import { connectionLimit } from "./plan.ts";

/** Finds a pool. @throws ApiError 404. */
export function findPool({ pools }: DatabaseCluster, name: string): ConnectionPool {
  const pool = pools.find((one) => one.name === name);
  if (!pool) throw notFound("connection pool not found");
  return pool;
}

/**
 * Checks a pool against its cluster: the database and the user must exist, and all pools together must leave the
 * connections that the platform keeps.
 *
 * @throws ApiError 422.
 */
function mustFit(cluster: DatabaseCluster, pool: ConnectionPool): void {
  if (!isPostgres(cluster.engine)) {
    throw unprocessable(`connection pools are not supported for ${cluster.engine} clusters`);
  }
  if (!cluster.dbs.includes(pool.db)) throw unprocessable(`database ${pool.db} does not exist`);
  if (pool.user && !cluster.users.some(({ name }) => name === pool.user)) {
    throw unprocessable(`user ${pool.user} does not exist`);
  }
  const others = cluster.pools.filter(({ name }) => name !== pool.name);
  const free = connectionLimit(cluster.size) - others.reduce((sum, { size }) => sum + size, 0);
  if (pool.size > free) {
    throw unprocessable(
      `pool size ${pool.size} exceeds the ${free} connections that are available`,
    );
  }
}

/** Adds a pool. @throws ApiError 422 when its name is taken or it does not fit. */
export function addPool(cluster: DatabaseCluster, pool: ConnectionPool): ConnectionPool {
  if (cluster.pools.some(({ name }) => name === pool.name)) {
    throw unprocessable(`connection pool ${pool.name} already exists`);
  }
  mustFit(cluster, pool);
  cluster.pools.push(pool);
  return pool;
}

/** Changes a pool in place. @throws ApiError 422 when it does not fit. */
export function updatePool(
  cluster: DatabaseCluster,
  pool: ConnectionPool,
  change: Omit<ConnectionPool, "name">,
): void {
  mustFit(cluster, { ...change, name: pool.name });
  Object.assign(pool, change);
}

/** Removes a pool. */
export function removePool(cluster: DatabaseCluster, pool: ConnectionPool): void {
  cluster.pools.splice(cluster.pools.indexOf(pool), 1);
}
