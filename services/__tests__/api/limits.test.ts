import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import { type ErrorView, begin } from "./support/files.ts";
import { needs } from "./support/needs.ts";
import { Person, signedIn } from "./support/person.ts";
import { type Instance, type Platform, account, startPlatform } from "../../local/platform.ts";

describe("limits", needs, () => {
  let platform: Platform;
  let one: Instance;
  let other: Instance;
  before(async () => {
    platform = await startPlatform();
    const variables = { RATE_LIMIT_MAX: "10", RL_PRESIGN_MAX: "2", RL_PROMOTE_MAX: "1" };
    [one, other] = await Promise.all([platform.start(variables), platform.start(variables)]);
  });
  beforeEach(() => platform.queue.flushall());
  after(() => platform.close());

  const get = (url: string, forwarded: string) =>
    fetch(`${url}/api/assets`, { headers: { "x-forwarded-for": forwarded } });
  const statuses = async (requests: Promise<Response>[]) => {
    const all = (await Promise.all(requests)).map(({ status }) => status);
    return { limited: all.filter((status) => status === 429).length, all: all.length };
  };
  const times = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => make(index));

  test("count each visitor behind the load balancer, exactly, over all instances", async () => {
    const visitors = ["203.0.113.1", "203.0.113.2"].map((address) =>
      times(30, (index) => get(index % 2 ? one.url : other.url, address)),
    );

    for (const visitor of visitors)
      assert.deepEqual(await statuses(visitor), { limited: 20, all: 30 });
  });

  test("are not escaped by writing another address in front of one's own", async () => {
    const forged = times(30, (index) => get(one.url, `198.51.100.${index}, 203.0.113.3`));
    assert.deepEqual(await statuses(forged), { limited: 20, all: 30 });
  });

  test("tell the page how long to wait, in the form of every other refusal", async () => {
    await statuses(times(10, () => get(one.url, "203.0.113.4")));
    const refused = await get(one.url, "203.0.113.4");

    assert.equal(refused.status, 429);
    const { error } = (await refused.json()) as ErrorView;
    assert.equal(error.code, "too-many-requests");
    assert.match(error.message, /in \d+ seconds/);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal(refused.headers.get("x-ratelimit-limit"), "10");
    assert.equal(refused.headers.get("x-ratelimit-remaining"), "0");
  });

  test("of signing and of promoting are counted apart from everything else", async () => {
    const person = await signedIn(one.url);
    const { id } = await begin(person, "a.mov", 100);
    const sign = async () =>
      (await person.call("POST", `/api/uploads/${id}/urls`, { body: { numbers: [1] } })).status;
    const promote = async () => (await person.call("POST", `/api/assets/${id}/promote`)).status;

    assert.deepEqual([await sign(), await sign(), await sign()], [200, 200, 429]);
    assert.deepEqual([await promote(), await promote()], [404, 429]);
    assert.equal((await person.call("GET", "/api/assets")).status, 200);
  });

  test("keep somebody who guesses a password from going on, and nobody else from signing in", async () => {
    const variables = { RATE_LIMIT_MAX: "1000" };
    const api = await platform.start(variables);
    const attempt = async (forwarded: string, password: string) => {
      const { status } = await new Person(api.url).call("POST", "/api/session", {
        body: { email: account.email, password },
        headers: { "x-forwarded-for": forwarded },
      });
      return status;
    };
    const guesses = await Promise.all(
      times(12, (index) => attempt("203.0.113.5", `guess ${index}`)),
    );

    assert.deepEqual(guesses.sort(), [...times(10, () => 401), 429, 429]);
    assert.equal(await attempt("203.0.113.5", account.password), 429);
    assert.equal(await attempt("203.0.113.6", account.password), 200);
  });

  test("do not count the platform's health checks", async () => {
    const checks = times(30, () => fetch(`${one.url}/api/health`));
    assert.deepEqual(await statuses(checks), { limited: 0, all: 30 });
  });

  test("are off while Valkey is away, and every request is answered soon", async () => {
    await platform.valkey.server.close();
    const begin = performance.now();
    const answers = await Promise.all(times(30, () => get(one.url, "203.0.113.7")));

    // Nobody is signed in; what matters is that it is the route that answers.
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401]));
    assert.ok(performance.now() - begin < 10_000, `${performance.now() - begin} ms`);
    const health = await fetch(`${one.url}/api/health`);
    assert.equal(health.status, 200);
    assert.deepEqual(await health.json(), {
      status: "degraded",
      service: "api",
      release: "sha256:test",
      checks: { database: "ok", valkey: "away" },
    });
  });
});
