import type { Clock } from "../../src/clock.ts";
import { type DigitalOceanOptions, startDigitalOcean } from "../../src/digitalocean/server.ts";
import type { DigitalOceanSeed } from "../../src/digitalocean/seed.ts";
import { Faults } from "../../src/faults.ts";
import { RequestLog } from "../../src/request-log.ts";

/** A digest of one repeated hexadecimal digit. */
export const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

/** An image that works. */
export const workingImage = { healthy: true, migration: "succeeds", startSeconds: 4 } as const;

/** Images `1`, `2`: good; `b`: unhealthy; `d`: migration fails; `e`: slow to start. */
const images = {
  [digest("1")]: workingImage,
  [digest("2")]: workingImage,
  [digest("b")]: { ...workingImage, healthy: false },
  [digest("d")]: { ...workingImage, migration: "fails" },
  [digest("e")]: { ...workingImage, startSeconds: 40 },
} as const;

const start = new Date("2026-11-24T00:00:00Z");

function manualClock(): Clock & { set(date: Date): void } {
  let now = start.getTime();
  return {
    speed: 1,
    now: () => new Date(now),
    sleep: (seconds) => {
      now += seconds * 1000;
      return Promise.resolve();
    },
    set: (date) => {
      now = date.getTime();
    },
  };
}

/** What an API call answered. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Looks a dotted path up in an answer: `app.spec.services.0.name`. */
export function pick(body: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (value, step) =>
        typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined,
      body,
    );
}

/** A text in an answer; the test fails when there is none. */
export function textAt(reply: Reply, path: string): string {
  const value = pick(reply.body, path);
  if (typeof value !== "string") {
    throw new Error(`No text at ${path} of ${reply.status}: ${JSON.stringify(reply.body)}`);
  }
  return value;
}

/** The message of an error. */
export const messageOf = (reply: Reply) => textAt(reply, "message");

const running: { close(): Promise<void> }[] = [];

/**
 * Closes the accounts of a test, also of one that failed: one that is left open would keep the run from ending. Each file
 * says `afterEach(closeAccounts)` itself: a hook of this module would be one of the first file alone that a worker reads,
 * since modules are loaded once a worker.
 */
export async function closeAccounts(): Promise<void> {
  await Promise.all(running.splice(0).map((cloud) => cloud.close()));
}

/** A running account on a clock that only moves when it is told to; {@link closeAccounts} closes it. */
export async function anAccount(
  seed: Partial<DigitalOceanSeed> = {},
  options: DigitalOceanOptions = {},
) {
  const clock = manualClock();
  const context = { clock, requestLog: new RequestLog(), faults: new Faults() };
  const whole = {
    tokens: [
      { value: "full", scopes: "full" },
      { value: "reader", scopes: "read" },
    ],
    members: ["owner@example.com", "on-call@example.com"],
    registry: { api: images, web: images },
    ...seed,
  } as const;
  const cloud = await startDigitalOcean(context, whole, options);
  running.push(cloud);
  const call = async (method: string, path: string, body?: unknown, token = "full") => {
    const response = await fetch(`${cloud.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, headers: response.headers, body: parsed };
  };
  return {
    ...context,
    cloud,
    clock,
    call,
    get: (path: string) => call("GET", path),
    post: (path: string, body?: unknown) => call("POST", path, body),
    put: (path: string, body?: unknown) => call("PUT", path, body),
    /** Lets virtual seconds pass. */
    pass: (seconds: number) => clock.sleep(seconds),
  };
}

/** A running account. */
export type TestAccount = Awaited<ReturnType<typeof anAccount>>;

/** A small cluster of PostgreSQL. */
export const postgres = {
  name: "mam-pg",
  engine: "pg",
  version: "17",
  size: "db-s-1vcpu-2gb",
  num_nodes: 1,
  region: "nyc1",
};

/** A small cluster of Valkey. */
export const valkey = {
  name: "mam-valkey",
  engine: "valkey",
  version: "8",
  size: "db-s-1vcpu-1gb",
  num_nodes: 1,
  region: "nyc1",
};

/** Creates a cluster and waits until it is online. */
export async function aCluster(account: TestAccount, fields: object = {}) {
  const reply = await account.post("/v2/databases", { ...postgres, ...fields });
  const id = textAt(reply, "database.id");
  await account.pass(1200);
  return { id, path: `/v2/databases/${id}` };
}

/** An app of one service with two instances. */
export const api = {
  name: "api",
  image: { registry_type: "DOCR", repository: "api", digest: digest("1") },
  instance_count: 2,
  instance_size_slug: "apps-s-1vcpu-1gb",
  http_port: 3000,
  health_check: { http_path: "/api/health", initial_delay_seconds: 5, period_seconds: 10 },
};

/** A specification of that app. */
export const aSpec = (fields: object = {}) => ({ name: "mam", services: [api], ...fields });

/** The same specification with another image. */
export const withDigest = (digit: string, fields: object = {}) =>
  aSpec({ services: [{ ...api, image: { ...api.image, digest: digest(digit) } }], ...fields });

/** Creates an app and, unless told otherwise, waits until it is deployed. */
export async function anApp(account: TestAccount, spec: object = aSpec(), seconds = 600) {
  const reply = await account.post("/v2/apps", { spec });
  const id = textAt(reply, "app.id");
  await account.pass(seconds);
  return { id, path: `/v2/apps/${id}`, deployments: `/v2/apps/${id}/deployments` };
}
