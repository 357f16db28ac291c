import { join } from "node:path";

import type { FoundEngine } from "../find/model.ts";
import { makeHome, removeHome, writeForServer } from "../run/home.ts";
import type { Home } from "../run/home.ts";
import { onFreePort } from "../run/ports.ts";
import { type Program, startProgram } from "../run/program.ts";
import { prepareData } from "./data-directory.ts";
import { type PostgresMembers, membersBy } from "./members.ts";
import { type PostgresSettings, accessRules, configurationFile } from "./settings.ts";
import { type Query, queryThrough } from "./sql.ts";

/** What a PostgreSQL server is started with. */
export interface PostgresOptions {
  /** The server, as `findEngines` found it. */
  readonly engine: FoundEngine;
  /** Its certificate and key in PEM: nobody comes in without TLS. */
  readonly certificate: string;
  readonly key: string;
  /** Where its data are; default: a temporary directory that goes with it. It must belong to the server's user. */
  readonly directory?: string;
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
  /** Starts it again at the same port with further settings: clients are disconnected, data stay. */
  restart(settings: PostgresSettings): Promise<void>;
  /** Ends it: clients are disconnected. Its temporary data are removed, those in a directory that was named are kept. */
  close(): Promise<void>;
}

/**
 * Starts a PostgreSQL server on a free port of 127.0.0.1. It is ready when it answers SQL, and ends with this process.
 *
 * @throws with the last lines of its log when it does not start.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { engine } = options;
  const home = await makeHome("postgres", options.directory);
  try {
    await prepareData(engine, join(home.directory, "data"));
    return await onFreePort(async (port) => {
      const query = queryThrough(home.directory, port);
      const run = (settings: PostgresSettings) =>
        runServer(home, options, { port, settings, query });
      return serverOf(options, home, { port, query, run, first: await run({}) });
    });
  } catch (error) {
    await removeHome(home);
    throw error;
  }
}

async function writeConfiguration(
  { directory }: Home,
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

interface Run {
  readonly port: number;
  readonly settings: PostgresSettings;
  readonly query: Query;
}

async function runServer(
  home: Home,
  options: PostgresOptions,
  { port, settings, query }: Run,
): Promise<Program> {
  await writeConfiguration(home, options, port, settings);
  const { program, environment } = options.engine;
  return startProgram({
    title: "PostgreSQL",
    command: [program, "-D", join(home.directory, "data")],
    directory: home.directory,
    environment,
    // Fast: clients are disconnected, not waited for.
    ending: "INT",
    answers: () =>
      query("SELECT 1").then(
        () => true,
        () => false,
      ),
  });
}

interface Parts {
  readonly port: number;
  readonly query: Query;
  readonly run: (settings: PostgresSettings) => Promise<Program>;
  readonly first: Program;
}

function serverOf(
  { engine }: PostgresOptions,
  home: Home,
  { port, query, run, first }: Parts,
): Postgres {
  let program = first;
  return {
    port,
    socketDirectory: home.directory,
    version: engine.version,
    query,
    ...membersBy(query),
    restart: async (settings) => {
      await program.close();
      program = await run(settings);
    },
    close: async () => {
      await program.close();
      await removeHome(home);
    },
  };
}
