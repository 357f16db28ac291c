import { request as httpRequest } from "node:http";

import { startClock } from "../src/clock.ts";
import { Faults } from "../src/faults.ts";
import type { Fault } from "../src/faults.ts";
import { RequestLog } from "../src/request-log.ts";
import { createPlatformServer, listenOnLoopback, nameAction } from "../src/platform-server.ts";

const aPlatform = async () => {
  const context = { clock: startClock(), requestLog: new RequestLog(), faults: new Faults() };
  const created: string[] = [];
  const server = createPlatformServer("digitalocean", context, {
    dump: () => ({ created, at: context.clock.now().toISOString() }),
    errorBody: (status, message) => ({
      contentType: "application/json",
      body: JSON.stringify({ id: String(status), message }),
    }),
  });
  server.post("/things", (request, reply) => {
    nameAction(request, "make");
    created.push("thing");
    return reply.code(201).send({ ok: true });
  });
  server.get("/things", () => ({ created }));
  const listening = await listenOnLoopback(server);
  const { url } = listening;
  const post = (query = "") =>
    fetch(`${url}/things${query}`, { method: "POST", headers: { "user-agent": "Act/1 (x)" } });
  return { ...context, created, url, post, close: () => listening.close() };
};

const fault = (kind: Fault["kind"], rest: Partial<Fault> = {}): Fault => ({
  platform: "digitalocean",
  kind,
  ...rest,
});

let platform: Awaited<ReturnType<typeof aPlatform>>;
beforeEach(async () => {
  platform = await aPlatform();
});
afterEach(() => platform.close());

test("the server listens on loopback only", () => {
  expect(platform.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("every request is in the request log with caller, method, path, query, status and action", async () => {
  await platform.post("?a=1");
  await fetch(`${platform.url}/nowhere`, { headers: { "user-agent": "" } });

  const entries = platform.requestLog.entries();
  expect(entries[0]?.at).toMatch(/^\d{4}-.*Z$/);
  expect(entries[0]).toMatchObject({
    platform: "digitalocean",
    caller: "Act/1",
    method: "POST",
    path: "/things",
    query: "a=1",
    status: 201,
    action: "make",
  });
  expect(entries[1]).toMatchObject({ path: "/nowhere", status: 404, caller: "unknown" });
});

test("signatures in a query never reach the request log", async () => {
  await platform.post("?X-Amz-Signature=abc&X-Amz-Credential=key&x=1");
  expect(platform.requestLog.entries()[0]?.query).toBe(
    "X-Amz-Signature=redacted&X-Amz-Credential=redacted&x=1",
  );
});

test("rate limiting answers 429 with Retry-After and does nothing", async () => {
  platform.faults.add(fault("rate-limited", { seconds: 7 }));

  const response = await platform.post();

  expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
  expect(platform.created).toHaveLength(0);
  expect((await platform.post()).status).toBe(201);
});

test.each([
  ["error-before-effect", 0],
  ["error-after-effect", 1],
] as const)("%s answers 500 in the platform's shape", async (kind, effects) => {
  platform.faults.add(fault(kind));

  const response = await platform.post();

  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ id: "500" });
  expect(platform.created).toHaveLength(effects);
  expect(platform.requestLog.entries().map(({ status }) => status)).toEqual([500]);
});

test.each([
  ["dropped-connection", 1],
  ["down", 0],
] as const)("%s closes the connection without an answer", async (kind, effects) => {
  platform.faults.add(fault(kind));

  await expect(platform.post()).rejects.toThrow();

  expect(platform.created).toHaveLength(effects);
  expect(platform.requestLog.entries().map(({ status }) => status)).toEqual([0]);
});

test("a stale answer is that of the last time, and the next one is right", async () => {
  const read = async () => (await fetch(`${platform.url}/things`)).json();
  await platform.post();
  await read();
  await platform.post();
  platform.faults.add(fault("stale"));

  expect([await read(), await read()]).toEqual([
    { created: ["thing"] },
    { created: ["thing", "thing"] },
  ]);
});

test("what nobody asked for before was not there: a stale answer is 404", async () => {
  await platform.post();
  platform.faults.add(fault("stale"));

  const answers = [
    await fetch(`${platform.url}/things`),
    await platform.post(),
    await fetch(`${platform.url}/things`),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 201, 200]);
  expect(platform.requestLog.entries().map(({ status }) => status)).toEqual([201, 404, 201, 200]);
});

test("a slow answer is late and right", async () => {
  platform.faults.add(fault("slow", { seconds: 30 }));
  const before = platform.clock.now().getTime();

  expect((await platform.post()).status).toBe(201);

  expect(platform.clock.now().getTime() - before).toBeGreaterThanOrEqual(29_000);
});

test("state and ledger can be read, faults set and cleared, and none of that is recorded", async () => {
  const faults = `${platform.url}/__faults`;
  const headers = { "content-type": "application/json" };
  const set = await fetch(faults, {
    method: "PUT",
    headers,
    body: JSON.stringify([fault("down")]),
  });
  expect(set.status).toBe(200);
  await expect(platform.post()).rejects.toThrow();

  expect((await fetch(faults, { method: "DELETE" })).status).toBe(204);
  await platform.post();

  const state = await fetch(`${platform.url}/__state`);
  expect(await state.json()).toEqual({ at: "time", created: ["thing"] });
  const requestLog = await fetch(`${platform.url}/__ledger`);
  expect(await requestLog.json()).toEqual(platform.requestLog.entries());
  expect(platform.requestLog.entries()).toHaveLength(2);
});

test("a fault that is not understood is refused", async () => {
  const response = await fetch(`${platform.url}/__faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ platform: "digitalocean", kind: "gremlins" }]),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain("kind");
});

test("a connection kept alive is closed with the server", async () => {
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest(`${platform.url}/__ledger`, {
      headers: { connection: "keep-alive" },
    });
    request.on("response", (response) => response.resume().on("end", resolve)).on("error", reject);
    request.end();
  });
  await platform.close();
  await expect(fetch(`${platform.url}/__ledger`)).rejects.toThrow();
});
