import { notFound, unprocessable } from "../api/errors.ts";
import { isPostgres } from "./model.ts";
import type { DatabaseCluster, DatabaseUser } from "./model.ts";
import { generatePassword } from "./passwords.ts";

/** Finds a user. @throws ApiError 404. */
export function findUser({ users }: DatabaseCluster, name: string): DatabaseUser {
  const user = users.find((one) => one.name === name);
  if (!user) throw notFound("user not found");
  return user;
}

function mustHaveUsers({ engine }: DatabaseCluster): void {
  if (engine === "valkey")
    throw unprocessable("user management is not supported for Valkey clusters");
}

/** Adds a user with a generated password. @throws ApiError 422 when the name is taken or the engine has no users. */
export function addUser(
  cluster: DatabaseCluster,
  name: string,
  settings: DatabaseUser["settings"],
): DatabaseUser {
  mustHaveUsers(cluster);
  if (cluster.users.some((user) => user.name === name)) {
    throw unprocessable(`user ${name} already exists`);
  }
  const user: DatabaseUser = {
    name,
    role: "normal",
    password: generatePassword(),
    ...(settings ? { settings } : {}),
  };
  cluster.users.push(user);
  return user;
}

/** Gives a user a new password: whoever still holds the old one is locked out at once. */
export function resetPassword(user: DatabaseUser): DatabaseUser {
  user.password = generatePassword();
  return user;
}

/** Removes a user. @throws ApiError 422 for the administrator, or while a pool connects as the user. */
export function removeUser(cluster: DatabaseCluster, user: DatabaseUser): void {
  if (user.role === "primary") throw unprocessable(`user ${user.name} cannot be removed`);
  if (cluster.pools.some((pool) => pool.user === user.name)) {
    throw unprocessable(`user ${user.name} is used by a connection pool`);
  }
  cluster.users.splice(cluster.users.indexOf(user), 1);
}

function mustHaveDatabases({ engine }: DatabaseCluster): void {
  if (!isPostgres(engine)) {
    throw unprocessable(`database management is not supported for ${engine} clusters`);
  }
}

/** Finds a logical database. @throws ApiError 404. */
export function findDatabase(cluster: DatabaseCluster, name: string): string {
  mustHaveDatabases(cluster);
  if (!cluster.dbs.includes(name)) throw notFound("database not found");
  return name;
}

/** Adds a logical database. @throws ApiError 422 when the name is taken. */
export function addDatabase(cluster: DatabaseCluster, name: string): string {
  mustHaveDatabases(cluster);
  if (cluster.dbs.includes(name)) throw unprocessable(`database ${name} already exists`);
  cluster.dbs.push(name);
  return name;
}

/** Removes a logical database. @throws ApiError 422 while a pool leads to it. */
export function removeDatabase(cluster: DatabaseCluster, name: string): void {
  const database = findDatabase(cluster, name);
  if (cluster.pools.some((pool) => pool.db === database)) {
    throw unprocessable(`database ${name} is used by a connection pool`);
  }
  cluster.dbs.splice(cluster.dbs.indexOf(database), 1);
}
