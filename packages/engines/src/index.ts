/**
 * Real programs for a platform on this machine: {@link findEngines} finds them and installs what it can at first use,
 * the `start` functions start them, {@link terraformWorker} executes runs of HCP Terraform, {@link startTestDatabase} and {@link startTestValkey} are what a test of a service needs.
 */
export { databaseEngines } from "./database-engines.ts";
export { type FindOptions, findEngines, lacking, skipReason } from "./find/engines.ts";
export type { EngineName, FoundEngine, FoundEngines, MissingEngine } from "./find/model.ts";
export { type WheelProgram, programOfWheel } from "./find/python-wheel.ts";
export type { Pool, PoolerSettings } from "./pgbouncer/configuration.ts";
export { type PgBouncer, type PgBouncerOptions, startPgBouncer } from "./pgbouncer/server.ts";
export {
  type ClientsDirectory,
  clientsDirectory,
  keptClientsDirectory,
} from "./postgres/clients.ts";
export type { PostgresSettings } from "./postgres/settings.ts";
export { type Postgres, type PostgresOptions, startPostgres } from "./postgres/server.ts";
export { type TestDatabase, startTestDatabase } from "./tests/test-database.ts";
export { type TestValkey, startTestValkey } from "./tests/test-valkey.ts";
export { type Valkey, type ValkeyOptions, startValkey } from "./valkey/server.ts";
export { terraformWorker } from "./terraform/worker.ts";
