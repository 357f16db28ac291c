import { join } from "node:path";

import { Redis } from "iovalkey";

import type { FoundEngine } from "../find/model.ts";
import { makeHome, removeHome, writeForServer } from "../run/home.ts";
import { startProgram } from "../run/program.ts";

/** What a Valkey server is started with. */
export interface ValkeyOptions {
  /** The server, as `findEngines` found it. */
  readonly engine: FoundEngine;
  /** Password of the user `default`. */
  readonly password: string;
  /** Bytes that its keys may take; default: no limit. */
  readonly maxmemory?: number;
  /** What happens beyond: `noeviction` (the default), `allkeys-lru` ... */
  readonly policy?: string;
}

/** A Valkey server that answers. */
export interface Valkey {
  /** Its socket, the only way in. The builds that machines have know no TLS, so whoever speaks for it to clients does. */
  readonly path: string;
  readonly version: string;
  /** Its process. */
  pid(): Promise<number>;
  /** Changes settings by their Valkey names at once: `{ "maxmemory-policy": "allkeys-lru" }`. */
  configure(settings: Readonly<Record<string, string>>): Promise<void>;
  /** Replaces the password of the user `default`; who is connected stays so. */
  setPassword(password: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a Valkey server behind a socket. It is ready when it answers, and ends with this process. It writes no snapshots:
 * its keys live as long as it does.
 *
 * @throws with the last lines of its log when it does not start.
 */
export async function startValkey(options: ValkeyOptions): Promise<Valkey> {
  const home = await makeHome("valkey");
  const path = join(home, "valkey.sock");
  const call = callerOf(path, options.password);
  try {
    await writeForServer(join(home, "valkey.conf"), configuration(home, path, options));
    const program = await run(options.engine, home, call);
    const close = async () => {
      await program.close();
      await removeHome(home);
    };
    return {
      path,
      version: options.engine.version,
      close,
      ...settingsBy(call),
    };
  } catch (error) {
    await removeHome(home);
    throw error;
  }
}

/** The password stands in a file that only the server reads: in its arguments everybody would. */
function configuration(
  directory: string,
  path: string,
  { password, maxmemory = 0, policy = "noeviction" }: ValkeyOptions,
): string {
  const settings = {
    port: 0,
    unixsocket: path,
    unixsocketperm: 700,
    dir: directory,
    save: `""`,
    appendonly: "no",
    requirepass: JSON.stringify(password),
    maxmemory,
    "maxmemory-policy": policy,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}\n`)
    .join("");
}

interface Caller {
  /** What the administrator logs in with from now on. */
  password: string;
  readonly path: string;
}

const callerOf = (path: string, password: string): Caller => ({ path, password });

/** Sends one command on a connection of its own. @throws what the server answers, or that it does not. */
async function send(
  { path, password }: Caller,
  name: string,
  ...values: string[]
): Promise<unknown> {
  const client = new Redis({
    path,
    password,
    lazyConnect: true,
    enableOfflineQueue: false,
    retryStrategy: () => null,
  });
  // Each failure is also the command's own.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await client.call(name, ...values);
  } finally {
    client.disconnect();
  }
}

function run({ program, environment }: FoundEngine, directory: string, caller: Caller) {
  return startProgram({
    title: "Valkey",
    command: [program, join(directory, "valkey.conf")],
    directory,
    environment,
    ending: "TERM",
    ask: () => send(caller, "PING"),
  });
}

function settingsBy(caller: Caller): Pick<Valkey, "configure" | "pid" | "setPassword"> {
  return {
    pid: async () => {
      const said = String(await send(caller, "INFO", "server"));
      return Number(/^process_id:(\d+)/m.exec(said)?.[1]);
    },
    configure: async (settings) => {
      await send(caller, "CONFIG", "SET", ...Object.entries(settings).flat());
    },
    setPassword: async (password) => {
      await send(caller, "CONFIG", "SET", "requirepass", password);
      caller.password = password;
    },
  };
}
