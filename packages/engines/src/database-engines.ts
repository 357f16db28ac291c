import { lacking } from "./find/engines.ts";
import type { EngineName, FoundEngine, FoundEngines } from "./find/model.ts";
import { type DirectPoolsOptions, startDirectPools } from "./pgbouncer/direct-pools.ts";
import { type PgBouncerOptions, startPgBouncer } from "./pgbouncer/server.ts";
import { type PostgresOptions, startPostgres } from "./postgres/server.ts";
import { type ValkeyOptions, startValkey } from "./valkey/server.ts";

/**
 * What was found, as the cloud takes it to make its databases real. Without PgBouncer its pools lead straight to
 * PostgreSQL, and `notes` says so.
 */
export function databaseEngines(engines: FoundEngines) {
  const { pgbouncer } = engines.found;
  return {
    startPostgres: (options: Omit<PostgresOptions, "engine">) =>
      startPostgres({ ...options, engine: needed(engines, "postgres") }),
    startPools: (options: Omit<PgBouncerOptions, "engine"> & DirectPoolsOptions) =>
      pgbouncer ? startPgBouncer({ ...options, engine: pgbouncer }) : startDirectPools(options),
    startValkey: (options: Omit<ValkeyOptions, "engine">) =>
      startValkey({ ...options, engine: needed(engines, "valkey") }),
    /** What differs from the platform because something is missing here, each with the line that mends it. */
    notes: pgbouncer
      ? []
      : [
          `Pools lead straight to PostgreSQL, and what a pool refuses works. ${lackOf(engines, "pgbouncer")}`,
        ],
  };
}

function needed(engines: FoundEngines, name: EngineName): FoundEngine {
  const engine = engines.found[name];
  if (!engine) throw new Error(lackOf(engines, name));
  return engine;
}

const lackOf = (engines: FoundEngines, name: EngineName) =>
  lacking(engines, [name]) ?? `${name} was not looked for.`;
