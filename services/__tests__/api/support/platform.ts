import { Redis } from "iovalkey";

import {
  type TestDatabase,
  type TestValkey,
  startTestDatabase,
  startTestValkey,
} from "../../../../packages/engines/src/index.ts";
import { engines } from "../../support/engines.ts";
import { type TestStorage, lockDays, startTestStorage } from "../../support/storage.ts";
import { type Process, type Variables, launch, run } from "./processes.ts";
import { until } from "./wait.ts";

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

/** The account that tests sign in with. */
export const account = { email: "ada@example.com", password: "correct horse battery" };

/** Keys of 64 letters, one for each slot of each kind. */
const slot = (letter: string) => letter.repeat(64);

/** Origin of the page. */
export const pageOrigin = "http://mam.localhost:8080";

function variablesOf(database: TestDatabase, valkey: TestValkey, storage: TestStorage): Variables {
  const { buckets, keys } = storage;
  return {
    NODE_ENV: "production",
    MAM_ENVIRONMENT: "test",
    LOG_LEVEL: "info",
    RELEASE_DIGEST: "sha256:test",
    HOST: "127.0.0.1",
    PORT: "0",
    ...database.api,
    REDIS_URL: valkey.REDIS_URL,
    NODE_EXTRA_CA_CERTS: valkey.authorityFile,
    PREVIEW_STREAM: "previews:build",
    WASABI_ENDPOINT: storage.endpoint,
    WASABI_REGION: storage.region,
    STAGING_BUCKET: buckets.staging,
    MASTERS_BUCKET: buckets.masters,
    PREVIEWS_BUCKET: buckets.previews,
    WASABI_STAGING_ACCESS_KEY: keys.uploader.accessKeyId,
    WASABI_STAGING_SECRET: keys.uploader.secretAccessKey,
    WASABI_MASTERS_ACCESS_KEY: keys.promoter.accessKeyId,
    WASABI_MASTERS_SECRET: keys.promoter.secretAccessKey,
    OBJECT_LOCK_DEFAULT_DAYS: String(lockDays),
    UPLOAD_MAX_BYTES: String(2 ** 30),
    UPLOAD_PART_BYTES: String(5 * 2 ** 20),
    UPLOAD_URL_TTL_SECONDS: "900",
    EDGE_SIGNING_KEY_A: slot("a"),
    EDGE_SIGNING_KEY_B: slot("b"),
    EDGE_SIGNING_KEY_ACTIVE: "A",
    JWT_SECRET_A: slot("c"),
    JWT_SECRET_B: slot("d"),
    JWT_SECRET_ACTIVE: "A",
    COOKIE_SECRET_A: slot("e"),
    COOKIE_SECRET_B: slot("f"),
    COOKIE_SECRET_ACTIVE: "A",
    EDGE_PUBLIC_BASE: "http://media.mam.localhost:8080",
    ACCESS_TOKEN_TTL_SECONDS: "900",
    REFRESH_TOKEN_TTL_SECONDS: "86400",
    SHARE_LINK_TTL_SECONDS: "600",
    CLOCK_SKEW_SECONDS: "0",
    ALLOWED_ORIGINS: pageOrigin,
    RATE_LIMIT_MAX: "100000",
    RATE_LIMIT_WINDOW: "60000",
    RL_PRESIGN_MAX: "100000",
    RL_PRESIGN_WINDOW: "60000",
    RL_PROMOTE_MAX: "100000",
    RL_PROMOTE_WINDOW: "60000",
  };
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
