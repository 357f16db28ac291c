import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request as send } from "node:http";
import { request as sendSecurely } from "node:https";
import { text } from "node:stream/consumers";

import { request } from "undici";

import type { Cloud } from "../../../../src/cloud.ts";
import {
  type VisitOptions,
  aCloud,
  aService,
  aSpec,
  anApp,
  eventually,
  home,
  newest,
  theApp,
  update,
  variable,
  visit,
  closeClouds,
} from "./support/cloud.ts";

afterEach(closeClouds);

const lastOf = (cloud: Cloud) => cloud.digitalOcean.programs.requests().at(-1);

/** A request at the door that goes at its own pace. */
function open(cloud: Cloud, path: string, options: { method?: string; headers?: object } = {}) {
  const { host } = new URL(home(cloud));
  const { port } = new URL(cloud.door);
  return send({
    port,
    host: "127.0.0.1",
    path,
    method: options.method ?? "GET",
    headers: { ...options.headers, host },
  });
}

async function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return answer;
}

test("an answer is passed on as it comes, not when it is over", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ services: [aService("well", { instance_count: 1 })] }));
  const asked = open(cloud, "/stream");
  asked.end();
  let passed = "";
  const reading = answerTo(asked).then(async (answer) => {
    for await (const part of answer.setEncoding("utf8")) passed += part as string;
  });
  reading.catch(() => undefined);
  await eventually(
    () => passed,
    (text) => text === "begun",
  );
  // Its program writes the rest when it is told to.
  await visit(cloud, "/go-on");
  await reading;

  expect(passed).toBe("begun, ended");
});

test("a body is passed on as it comes, with and without a length", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  for (const headers of [{}, { "content-length": 6 }]) {
    const asked = open(cloud, "/upload", { method: "POST", headers });
    const answering = answerTo(asked);
    asked.write("abc");
    await eventually(
      () => newest(cloud)?.logs.filter(({ line }) => line === "came abc").length ?? 0,
      (count) => count === ("content-length" in headers ? 2 : 1),
    );
    asked.end("def");
    expect(await text(await answering)).toBe("6");
  }
});

test("a client that goes ends the reading at its source", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const asked = open(cloud, "/endless");
  asked.end();
  const answer = await answerTo(asked);
  await once(answer, "data");
  asked.destroy();

  await eventually(
    () => newest(cloud)?.logs.map(({ line }) => line) ?? [],
    (lines) => lines.includes("the reader of endless went"),
  );
  await eventually(
    () => lastOf(cloud),
    (last) => last?.outcome === "left",
  );
});

test("an answer that its program breaks off is broken for the client, and counted", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const asked = open(cloud, "/break");
  asked.end();
  const answer = await answerTo(asked);
  await expect(text(answer)).rejects.toThrow("aborted");

  await eventually(
    () => cloud.digitalOcean.programs.counts(),
    (counts) => counts.broken === 1 && counts.left === 0,
  );
});

/** Waits until the program has heard that nobody waits for its answer any more. */
const abandoned = (cloud: Cloud) =>
  eventually(
    () => newest(cloud)?.logs.map(({ line }) => line) ?? [],
    (lines) => lines.includes("nobody waits for hang"),
  );

test("a client that goes before its answer begins ends the asking", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const asked = open(cloud, "/hang");
  asked.end();
  await eventually(
    () => asked.socket?.bytesWritten ?? 0,
    (bytes) => bytes > 0,
  );
  asked.on("error", () => undefined).destroy();

  await abandoned(cloud);
  await eventually(
    () => lastOf(cloud),
    (last) => last?.outcome === "left" && last.status === 0,
  );
});

test("a request that is not answered in the platform's time is answered 504, and given up", async () => {
  const cloud = await aCloud({ requestSeconds: 0.5 });
  await anApp(cloud);
  const { status, body } = await visit(cloud, "/hang");

  expect([status, await body.text()]).toEqual([504, "upstream request timeout"]);
  expect(lastOf(cloud)).toMatchObject({ status: 504, outcome: "refused", component: "api" });
  await abandoned(cloud);
});

test("a program's own 503 is passed on with its words, and kept nowhere", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const { status, headers, body } = await visit(cloud, "/missed");

  expect(status).toBe(503);
  expect(headers["cache-control"]).toBe("no-store");
  expect(await body.json()).toEqual({ status: "missed" });
});

test("an app whose programs are all gone answers 503", async () => {
  const cloud = await aCloud({ scale: 2 });
  await anApp(cloud, aSpec({ services: [aService("well", { instance_count: 1 })] }));
  expect((await visit(cloud, "/crash", { method: "POST" })).status).toBe(503);
  // For the moment until its end is noticed it is still asked.
  const answers = await eventually(
    async () => {
      const { status, body } = await visit(cloud, "/release");
      return { status, text: await body.text() };
    },
    ({ text: said }) => said === "no healthy upstream",
  );

  expect(answers.status).toBe(503);
});

test("a read over a connection that its program has just closed is tried again, a write is not", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ services: [aService("closes", { instance_count: 2 })] }));
  // Two instances, and each closes a connection at its second request: the third and fourth read find that out.
  const reads = await inTurn(cloud, 6, {});
  const writes = await inTurn(cloud, 2, { method: "POST", body: "x" });

  expect(reads).toEqual([200, 200, 200, 200, 200, 200]);
  expect(writes).toEqual([503, 503]);
});

async function inTurn(cloud: Cloud, count: number, options: VisitOptions) {
  const statuses: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const { status, body } = await visit(cloud, "/release", options);
    await body.dump();
    statuses.push(status);
  }
  return statuses;
}

test("what is kept of a request has its end, and not its query", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  await visit(cloud, "/release?token=secret");

  const [kept] = cloud.digitalOcean.programs.requests();
  expect(kept).toMatchObject({
    method: "GET",
    host: new URL(theApp(cloud).default_ingress).host,
    path: "/release",
    status: 200,
    outcome: "answered",
    component: "api",
    instance: expect.stringMatching(/^api-[0-9a-f]{8}-[01]$/) as unknown,
  });
  expect(JSON.stringify(cloud.digitalOcean.programs.requests())).not.toContain("secret");
});

const page = "https://review.example";

const rules = (rest: object) => ({
  rules: [
    {
      match: { path: { prefix: "/api" } },
      component: { name: "api", preserve_path_prefix: true },
      ...rest,
    },
    { match: { path: { prefix: "/old" } }, redirect: { uri: "/api/release", redirect_code: 308 } },
  ],
});

const cors = {
  allow_origins: [{ exact: page }],
  allow_methods: ["GET", "PUT"],
  allow_headers: ["Range"],
  expose_headers: ["Content-Range"],
  max_age: "1h",
  allow_credentials: true,
};

test("a rule's CORS answers preflights by itself, and adds to what the component answers", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ ingress: rules({ cors }) }));
  const asking = { origin: page, "access-control-request-method": "PUT" };
  const preflight = await visit(cloud, "/api/echo", { method: "OPTIONS", headers: asking });
  const answer = await visit(cloud, "/api/echo", { headers: { origin: page } });
  const other = await visit(cloud, "/api/echo", { headers: { origin: "https://else.example" } });

  expect([preflight.status, preflight.headers]).toMatchObject([
    200,
    {
      "access-control-allow-origin": page,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET,PUT",
      "access-control-allow-headers": "Range",
      "access-control-max-age": "3600",
    },
  ]);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": page,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "Content-Range",
  });
  // Not allowed by the rule: what the component says stands.
  expect(other.headers).toMatchObject({ "access-control-allow-origin": "https://else.example" });
  expect(other.headers).not.toHaveProperty("access-control-allow-credentials");
});

test("a rule that speaks of an official origin is kept for its page on this machine", async () => {
  const cloud = await aCloud();
  const own = "https://mam.example.com";
  const ingress = rules({ cors: { ...cors, allow_origins: [{ exact: own }] } });
  await anApp(cloud, aSpec({ ingress, domains: [{ domain: "mam.example.com" }] }));
  const local = cloud.digitalOcean.programs.names.toLocal(own);
  const { headers } = await visit(cloud, "/api/echo", { headers: { origin: local } });

  expect(local).toMatch(/^http:\/\/mam\.example\.com\.localhost:\d+$/);
  expect(headers["access-control-allow-origin"]).toBe(local);
});

test("a rule redirects, and a path without a rule is not found", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ ingress: rules({}) }));
  const moved = await visit(cloud, "/old/x");
  const missing = await visit(cloud, "/elsewhere");

  expect([moved.status, moved.headers.location]).toEqual([308, `${home(cloud)}/api/release`]);
  expect(missing.status).toBe(404);
  expect(cloud.digitalOcean.programs.counts()).toMatchObject({ ruled: 1, "not-routed": 1 });
});

test("programs answer over TLS under their official names, and behind the plain address of the apps", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const { host } = new URL(theApp(cloud).default_ingress);
  const { https, certificateAuthority } = cloud.endpoints.internet;
  const origin = `https://${host}`;
  const asked = sendSecurely({
    host: "127.0.0.1",
    port: new URL(https).port,
    servername: host,
    ca: certificateAuthority,
    path: "/echo",
    headers: { host, origin },
  });
  asked.end();
  const answer = await answerTo(asked);
  const seen = JSON.parse(await text(answer)) as { headers: Record<string, string> };
  const plain = await request(`${cloud.digitalOcean.trafficUrl}/release`, { headers: { host } });

  expect(seen.headers).toMatchObject({
    host: new URL(home(cloud)).host,
    origin: home(cloud),
    "x-forwarded-proto": "https",
  });
  expect(answer.headers["access-control-allow-origin"]).toBe(origin);
  expect(await plain.body.text()).toBe("first");
  expect(plain.headers["x-rehearsal-component"]).toBe("api");
});

test("a component of one instance does not answer for a moment while it is replaced", async () => {
  const cloud = await aCloud();
  const one = (release: string) =>
    aSpec({
      services: [
        aService("well", {
          instance_count: 1,
          envs: [variable("PORT", "3000"), variable("RELEASE", release)],
        }),
      ],
    });
  await anApp(cloud, one("first"));
  const ending = new AbortController();
  const users = (async () => {
    while (!ending.signal.aborted) await (await visit(cloud, "/release")).body.dump();
  })();
  await update(cloud, one("second"));
  await eventually(
    async () => (await visit(cloud, "/release")).body.text(),
    (release) => release === "second",
  );
  ending.abort();
  await users;

  expect(cloud.digitalOcean.programs.counts().refused).toBeGreaterThan(0);
});
