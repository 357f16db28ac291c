import { randomBytes } from "node:crypto";
import { join } from "node:path";

import pg from "pg";

import type { FoundEngine } from "../find/model.ts";
import { makeHome, removeHome, writeForServer } from "../run/home.ts";
import { onFreePort } from "../run/ports.ts";
import { type Program, startProgram } from "../run/program.ts";
import {
  type Pool,
  type PoolerPlaces,
  type PoolerSettings,
  poolerConfiguration,
} from "./configuration.ts";

/** What PgBouncer is started with. */
export interface PgBouncerOptions {
  /** The program, as `findEngines` found it. */
  readonly engine: FoundEngine;
  readonly certificate: string;
  readonly key: string;
  /** The server behind it. */
  readonly server: { readonly socketDirectory: string; readonly port: number };
  readonly pools: readonly Pool[];
  /** Settings beside the usual ones, such as `{ ignore_startup_parameters: "extra_float_digits" }`. */
  readonly settings?: PoolerSettings;
}

/** A PgBouncer that answers. */
export interface PgBouncer {
  /** Of 127.0.0.1, with TLS and password. */
  readonly port: number;
  readonly version: string;
  /** Gives it other pools, without disconnecting the clients of those that stay. It has them when this resolves. */
  setPools(pools: readonly Pool[], settings?: PoolerSettings): Promise<void>;
  /** Answers of its console, such as to `SHOW POOLS`. */
  show(command: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/**
 * Starts PgBouncer on a free port of 127.0.0.1, in front of a server that it reaches through its socket. Clients log in
 * with the passwords that the server has at that moment.
 *
 * @throws with the last lines of its log when it does not start.
 */
export async function startPgBouncer(options: PgBouncerOptions): Promise<PgBouncer> {
  const { server, pools, settings = {} } = options;
  const home = await makeHome("pgbouncer");
  const administrator = { user: "mam_engines", password: randomBytes(18).toString("base64url") };
  try {
    return await onFreePort(async (port) => {
      const places = { directory: home, port, server, administrator: administrator.user };
      await writeFiles(options, places, administrator);
      const write = writerOf(places);
      await write(pools, settings);
      const show = consoleOf(places, administrator);
      const program = await run(options.engine, home, show);
      const parts = { port, show, write, settings };
      return {
        ...poolerOf(options.engine, parts),
        close: closing(program, () => removeHome(home)),
      };
    });
  } catch (error) {
    await removeHome(home);
    throw error;
  }
}

const closing = (program: Program, clean: () => Promise<void>) => async () => {
  await program.close();
  await clean();
};

interface Administrator {
  readonly user: string;
  readonly password: string;
}

async function writeFiles(
  { certificate, key }: PgBouncerOptions,
  { directory }: PoolerPlaces,
  { user, password }: Administrator,
): Promise<void> {
  await writeForServer(join(directory, "certificate.pem"), certificate);
  await writeForServer(join(directory, "key.pem"), key);
  await writeForServer(join(directory, "users"), `"${user}" "${password}"\n`);
}

const writerOf =
  (places: PoolerPlaces) =>
  (pools: readonly Pool[], settings: PoolerSettings): Promise<void> =>
    writeForServer(
      join(places.directory, "pgbouncer.ini"),
      poolerConfiguration(pools, places, settings),
    );

type Console = PgBouncer["show"];

function consoleOf({ directory, port }: PoolerPlaces, administrator: Administrator): Console {
  return async (command) => {
    const client = new pg.Client({
      host: directory,
      port,
      database: "pgbouncer",
      ...administrator,
    });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(command)).rows;
    } finally {
      await client.end();
    }
  };
}

function run({ program, environment }: FoundEngine, directory: string, show: Console) {
  return startProgram({
    title: "PgBouncer",
    command: [program, join(directory, "pgbouncer.ini")],
    directory,
    environment,
    // Clients are disconnected, not waited for; INT waits.
    ending: "TERM",
    ask: () => show("SHOW VERSION"),
  });
}

interface Parts {
  readonly port: number;
  readonly show: Console;
  readonly write: ReturnType<typeof writerOf>;
  readonly settings: PoolerSettings;
}

function poolerOf(
  { version }: FoundEngine,
  { port, show, write, settings: first }: Parts,
): Omit<PgBouncer, "close"> {
  return {
    port,
    version,
    show,
    setPools: async (pools, settings = first) => {
      await write(pools, settings);
      await show("RELOAD");
    },
  };
}
