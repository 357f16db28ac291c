import { join } from "node:path";

import type { FoundEngine } from "../find/model.ts";
import { makeHome, removeHome, writeForServer } from "../run/home.ts";
import { onFreePort } from "../run/ports.ts";
import { type Program, startProgram } from "../run/program.ts";
import { prepareData } from "./data-directory.ts";
import { type PostgresMembers, membersBy } from "./members.ts";
import { type PastSource, copyPast } from "./point-in-time.ts";
import { type PostgresSettings, accessRules, configurationFile } from "./settings.ts";
import { type Query, queryThrough } from "./sql.ts";

/** What a PostgreSQL server is started with. */
export interface PostgresOptions {
  /** The server, as `findEngines` found it. */
  readonly engine: FoundEngine;
  /** Its certificate and key in PEM: nobody comes in without TLS. */
  readonly certificate: string;
  readonly key: string;
  /** A server that runs, whose data it begins with, as they are or were; default: none, it begins empty. */
  readonly copyOf?: PastSource;
  /** Settings beside the usual ones, such as `{ max_connections: 50 }`. */
  readonly settings?: PostgresSettings;
}

/** A PostgreSQL server that answers. */
export interface Postgres extends PostgresMembers {
  /** Of 127.0.0.1, with TLS and password. */
  readonly port: number;
  /** Directory of its socket, through which the superuser and pools come in without a password. */
  readonly socketDirectory: string;
  readonly version: string;
  /** Runs SQL as the superuser, in the database `postgres` or another one. */
  readonly query: Query;
  /** Gives it further settings, as far as they hold without starting it again. Clients stay connected. */
  configure(settings: PostgresSettings): Promise<void>;
  /** Starts it again at the same port with further settings: clients are disconnected, data stay. */
  restart(settings: PostgresSettings): Promise<void>;
  /** Ends it: clients are disconnected, and its data are removed. */
  close(): Promise<void>;
}

/**
 * Starts a PostgreSQL server on a free port of 127.0.0.1. It is ready when it answers SQL, and ends with this process.
 *
 * @throws with the last lines of its log when it does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { engine, copyOf } = options;
  const home = await makeHome("postgres");
  try {
    const data = join(home, "data");
    const once = copyOf ? await copyPast(engine, copyOf, data) : {};
    if (!copyOf) await prepareData(engine, data);
    return await onFreePort(async (port) => {
      const query = queryThrough(home, port);
      const write = (settings: PostgresSettings) =>
        writeConfiguration(home, options, port, settings);
      const run = () => runServer(home, options, query);
      await write(once);
      return serverOf(options, home, { port, query, write, run, first: await run() });
    });
  } catch (error) {
    await removeHome(home);
    throw error;
  }
}

async function writeConfiguration(
  directory: string,
  { certificate, key, settings = {} }: PostgresOptions,
  port: number,
  further: PostgresSettings,
): Promise<void> {
  const places = {
    port,
    unix_socket_directories: directory,
    ssl_cert_file: join(directory, "certificate.pem"),
    ssl_key_file: join(directory, "key.pem"),
    hba_file: join(directory, "access-rules"),
  };
  await writeForServer(places.ssl_cert_file, certificate);
  await writeForServer(places.ssl_key_file, key);
  await writeForServer(places.hba_file, accessRules);
  const file = join(directory, "data", "postgresql.conf");
  await writeForServer(file, configurationFile(settings, further, places));
}

async function runServer(home: string, options: PostgresOptions, query: Query): Promise<Program> {
  const { program, environment } = options.engine;
  return startProgram({
    title: "PostgreSQL",
    command: [program, "-D", join(home, "data")],
    directory: home,
    environment,
    // Fast: clients are disconnected, not waited for.
    ending: "INT",
    ask: () => query("SELECT 1"),
  });
}

interface Parts {
  readonly port: number;
  readonly query: Query;
  readonly write: (settings: PostgresSettings) => Promise<void>;
  readonly run: () => Promise<Program>;
  readonly first: Program;
}

function serverOf(
  { engine }: PostgresOptions,
  home: string,
  { port, query, write, run, first }: Parts,
): Postgres {
  let program = first;
  return {
    port,
    socketDirectory: home,
    version: engine.version,
    query,
    ...membersBy(query),
    configure: async (settings) => {
      await write(settings);
      await query("SELECT pg_reload_conf()");
    },
    restart: async (settings) => {
      await program.close();
      await write(settings);
      program = await run();
    },
    close: async () => {
      await program.close();
      await removeHome(home);
    },
  };
}
