import { Redis } from "iovalkey";

import {
  type TestDatabase,
  type TestValkey,
  startTestDatabase,
  startTestValkey,
} from "../../packages/engines/src/index.ts";
import { engines } from "./engines.ts";
import { type TestStorage, startTestStorage } from "./storage.ts";
import { type Process, launch, run } from "./processes.ts";
import { type Variables, account, variablesOf } from "./api-variables.ts";
import { until } from "./wait.ts";

export { account, pageOrigin } from "./api-variables.ts";

/** An instance of the api. */
export interface Instance {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly process: Process;
  /** SIGTERM, and its end. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Everything that the api needs, real, and instances of it. */
export interface Platform {
  readonly database: TestDatabase;
  readonly valkey: TestValkey;
  readonly storage: TestStorage;
  /** Client of Valkey, for looking. */
  readonly queue: Redis;
  /** What an instance is told. */
  readonly variables: Variables;
  /** Starts an instance, and waits until it is ready. */
  start(overrides?: Variables): Promise<Instance>;
  close(): Promise<void>;
}

/** Starts PostgreSQL with its pool, Valkey and Wasabi, migrates, and makes the account. */
export async function startPlatform(): Promise<Platform> {
  const [database, valkey, storage] = await Promise.all([
    startTestDatabase(engines),
    startTestValkey(engines),
    startTestStorage(),
  ]);
  const instances: Instance[] = [];
  const queue = new Redis(valkey.server.path, { password: new URL(valkey.REDIS_URL).password });
  queue.on("error", () => undefined);
  const variables = variablesOf(database, valkey, storage);
  await prepare(database, variables);
  return {
    database,
    valkey,
    storage,
    queue,
    variables,
    start: async (overrides = {}) => {
      const instance = await startInstance({ ...variables, ...overrides });
      instances.push(instance);
      return instance;
    },
    close: async () => {
      queue.disconnect();
      await Promise.all(instances.map((instance) => instance.kill()));
      await Promise.all([database.close(), valkey.close(), storage.close()]);
    },
  };
}

async function prepare(database: TestDatabase, variables: Variables): Promise<void> {
  const migration = await run("migrate", { ...variables, ...database.migrate });
  if (migration.code !== 0) throw new Error(`${migration.output}${migration.errors}`);
  const made = await run("administrator", variables, {
    parameters: ["--email", account.email, "--password-stdin"],
    input: account.password,
  });
  if (made.code !== 0) throw new Error(`${made.output}${made.errors}`);
}

async function startInstance(environment: Variables): Promise<Instance> {
  const process = launch("main", environment);
  const { child, ended } = process;
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  const port = await until("the api listens", () => {
    if (hasEnded) throw new Error(`the api ended: ${JSON.stringify(process.lines())}`);
    const listening = process.lines().find(({ msg }) => msg === "listening");
    return listening?.port as number | undefined;
  });
  const url = `http://127.0.0.1:${port}`;
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await ended).code;
  };
  await until("the api is ready", async () => (await fetch(`${url}/api/health`)).ok);
  return {
    url,
    process,
    stop: () => end("SIGTERM"),
    kill: async () => {
      await end("SIGKILL");
    },
  };
}
