import { setTimeout } from "node:timers/promises";
import { inspect } from "node:util";

import { type Dispatcher, request } from "undici";

import { type Cloud, type CloudSeed, startCloud } from "../../../../../src/cloud.ts";
import { aSeed, aSpec } from "./specs.ts";

export * from "./specs.ts";

const open: Cloud[] = [];

/**
 * Closes the clouds of a test. Each file says `afterEach(closeClouds)` itself: a hook of this module would be one of the
 * first file alone that a worker reads, since modules are loaded once a worker.
 */
export async function closeClouds(): Promise<void> {
  await Promise.all(open.splice(0).map((cloud) => cloud.close()));
}

/** A running cloud whose registry has the programs; {@link closeClouds} closes it. */
export async function aCloud(programs: CloudSeed["programs"] = {}): Promise<Cloud> {
  const cloud = await startCloud(aSeed(programs));
  open.push(cloud);
  return cloud;
}

/** Closes a cloud before its test is over. */
export async function close(cloud: Cloud): Promise<void> {
  open.splice(open.indexOf(cloud), 1);
  await cloud.close();
}

/** Asks again until something is so. @throws Error after five minutes, with what it was at last. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  isSo: (value: T) => boolean,
): Promise<T> {
  const until = Date.now() + 300_000;
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (Date.now() > until) throw new Error(`still ${inspect(value)}`);
    await setTimeout(25);
  }
}

/** Calls the API, and fails the test where it is refused. */
export async function call(cloud: Cloud, method: string, path: string, body?: unknown) {
  const response = await fetch(`${cloud.endpoints.digitalOcean}${path}`, {
    method,
    headers: { authorization: "Bearer full", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text || "{}") as Record<string, unknown>;
}

/** The app of a cloud. @throws Error when there is none. */
export function theApp(cloud: Cloud) {
  const [app] = cloud.digitalOcean.store.apps;
  if (!app) throw new Error("there is no app");
  return app;
}

/** Its instances that have not ended. */
export function running(cloud: Cloud) {
  const now = cloud.clock.now().getTime();
  return theApp(cloud).instances.filter(({ killed = Infinity }) => killed > now);
}

/** Its newest deployment. */
export const newest = (cloud: Cloud) => theApp(cloud).deployments.at(-1);

/** Waits until the newest deployment is over, and returns it. */
export async function deployed(cloud: Cloud) {
  const deployment = await eventually(
    () => newest(cloud),
    (one) => one?.stage === "over",
  );
  if (!deployment) throw new Error("there is no deployment");
  return deployment;
}

/** Creates the app and waits until it is deployed. */
export async function anApp(cloud: Cloud, spec: object = aSpec()) {
  await call(cloud, "POST", "/v2/apps", { spec });
  return deployed(cloud);
}

/** Deploys another specification of the app and waits for the end of it. */
export async function update(cloud: Cloud, spec: object) {
  await call(cloud, "PUT", `/v2/apps/${theApp(cloud).id}`, { spec });
  return deployed(cloud);
}

/** The address of the app's own host at the door. */
export const home = (cloud: Cloud) =>
  cloud.digitalOcean.programs.names.toLocal(theApp(cloud).default_ingress);

/** Sends a request to the app through the door, as a browser that knows its name does. */
export async function visit(cloud: Cloud, path: string, options: VisitOptions = {}) {
  const { host } = new URL(home(cloud));
  const { statusCode, headers, body } = await request(`${cloud.door}${path}`, {
    method: "GET",
    ...options,
    headers: { ...options.headers, host },
  });
  return { status: statusCode, headers, body };
}

/** What can be said about a request. */
export interface VisitOptions {
  readonly method?: Dispatcher.HttpMethod;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the service says that it received. */
export async function echo(cloud: Cloud, path = "/echo", options: VisitOptions = {}) {
  const { body } = await visit(cloud, path, options);
  return (await body.json()) as {
    method: string;
    url: string;
    headers: Record<string, string>;
    text: string;
    release: string;
  };
}
