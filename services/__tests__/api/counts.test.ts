import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";

import type { FastifyRateLimitStore } from "@fastify/rate-limit";
import { Redis } from "iovalkey";

import { countsIn } from "../../api/src/http/counts.ts";
import { type TestValkey, startTestValkey } from "../../../packages/engines/src/index.ts";
import { engines } from "../../local/engines.ts";
import { until } from "../../local/wait.ts";
import { needs } from "./support/needs.ts";

interface Counted {
  readonly current: number;
  readonly ttl: number;
}

describe("a limit's count", needs, () => {
  let server: TestValkey;
  let valkey: Redis;
  let control: Redis;
  let store: FastifyRateLimitStore;
  const connect = () =>
    new Redis(server.server.path, { password: new URL(server.REDIS_URL).password });
  before(async () => {
    server = await startTestValkey(engines);
    [valkey, control] = [connect(), connect()];
  });
  beforeEach(async () => {
    await control.flushall();
    store = new (countsIn(valkey, "test:"))({});
  });
  after(async () => {
    valkey.disconnect();
    control.disconnect();
    await server.close();
  });

  /** Counts a request of an address whose limit is a hundred in an hour, or another one. */
  const count = (address: string, of = store, limit = 100) =>
    new Promise<Counted>((resolve, reject) => {
      const done: Parameters<typeof of.incr>[1] = (error, counted) => {
        if (counted) resolve(counted);
        else reject(error ?? new Error("nothing was counted"));
      };
      of.incr(address, done, 3600_000, limit);
    });
  /** Whether a request waits for Valkey: nothing is written while this looks. */
  const waits = async (address: string, limit?: number) => {
    await control.client("PAUSE", 60_000, "WRITE");
    let isThere = false;
    const counting = count(address, store, limit).then(() => (isThere = true));
    await new Promise(setImmediate);
    const found = !isThere;
    await control.client("UNPAUSE");
    await counting;
    return found;
  };

  test("is Valkey's, for the first request of an address", async () => {
    assert.equal(await waits("203.0.113.1"), true);
    assert.equal(await control.get("test:203.0.113.1"), "1");
  });

  /** Waits until the next request of an address is counted ahead: then Valkey has one more than came. */
  const ahead = async (address: string, count: number) => {
    const counted = async () => (await control.get(`test:${address}`)) === String(count + 1);
    await until("the next one is counted", counted);
    // Behind its answer, and what comes of it.
    await valkey.ping();
    await new Promise(setImmediate);
  };

  test("is not waited for by a client who was quiet, and is exact", async () => {
    await count("203.0.113.2");
    await ahead("203.0.113.2", 1);

    assert.equal(await waits("203.0.113.2"), false);
    await ahead("203.0.113.2", 2);
    assert.equal((await count("203.0.113.2")).current, 3);
  });

  test("lets exactly the limit of two instances through, however quickly requests come", async () => {
    const other = new (countsIn(valkey, "test:"))({});
    await count("203.0.113.3");
    await ahead("203.0.113.3", 1);
    const both = Array.from({ length: 65 }, () => [store, other]).flat();
    const counts = await Promise.all(both.map((of) => count("203.0.113.3", of)));
    const all = counts.map(({ current }) => current).filter((current) => current <= 100);

    assert.equal(all.length, 99);
    assert.equal(new Set(all).size, 99);
    assert.equal(await waits("203.0.113.3"), true);
  });

  test("is always waited for where the limit is small, or half of it is used", async () => {
    await count("203.0.113.7", store, 99);
    await control.incrby("test:203.0.113.4", 49);
    await count("203.0.113.4");
    await count("203.0.113.8");
    await ahead("203.0.113.8", 1);

    assert.equal(await waits("203.0.113.7", 99), true);
    assert.equal(await waits("203.0.113.4"), true);
  });

  test("ends with its window, which is no longer than it was", async () => {
    const { ttl } = await count("203.0.113.5");
    await control.pexpire("test:203.0.113.5", 1000);
    const later = await count("203.0.113.5");
    assert.ok(ttl <= 3600_000 && later.ttl <= ttl);
    await until("Valkey's is over", async () => (await control.exists("test:203.0.113.5")) === 0);
    await until("a new one has begun", async () => (await count("203.0.113.5")).current === 1);
  });

  test("of one route is not that of another", async () => {
    const route = (url: string) => store.child({ routeInfo: { method: "POST", url } } as never);
    await count("203.0.113.6", route("/one"));
    await count("203.0.113.6", route("/other"));
    assert.deepEqual((await control.keys("test:POST*")).sort(), [
      "test:POST/one-203.0.113.6",
      "test:POST/other-203.0.113.6",
    ]);
  });

  const commands = async () => {
    const statistics = await control.info("commandstats");
    return Number(/cmdstat_evalsha:calls=(\d+)/.exec(statistics)?.[1] ?? 0);
  };

  test("of all who come at once is one command", async () => {
    await count("203.0.113.9");
    const before = await commands();
    const addresses = Array.from({ length: 20 }, (_, index) => `198.51.100.${index}`);
    const counts = await Promise.all(addresses.map((address) => count(address)));

    assert.deepEqual(new Set(counts.map(({ current }) => current)), new Set([1]));
    assert.ok(counts.every(({ ttl }) => ttl === 3600_000));
    // Beside it those that count ahead, also for who came in the tests before.
    const sent = (await commands()) - before;
    assert.ok(sent <= 5, `${sent} commands for ${addresses.length} requests`);
  });

  test("is had of a Valkey that has forgotten how, as one that started again has", async () => {
    await count("203.0.113.10");
    await control.script("FLUSH");
    assert.equal((await count("203.0.113.10", store, 99)).current >= 2, true);
  });

  test("is one command for the first one, too", async () => {
    await control.script("FLUSH");
    const fresh = connect();
    // Of this connection alone: a test before may still count ahead, and would have to tell how again.
    const sent: string[] = [];
    const send = fresh.sendCommand.bind(fresh);
    fresh.sendCommand = (command, ...rest) => {
      sent.push(command.name);
      return send(command, ...rest);
    };
    try {
      const first = new (countsIn(fresh, "test:"))({});
      await until("it is connected, and has told how", () => fresh.ping());
      await count("203.0.113.12", first);
      assert.deepEqual(
        sent.filter((name) => name.startsWith("eval")),
        ["evalsha"],
      );
    } finally {
      fresh.disconnect();
    }
  });

  test("that is there is read, however busy the process was meanwhile", async () => {
    const counting = count("203.0.113.13");
    await new Promise(setImmediate);
    const end = performance.now() + 800;
    while (performance.now() < end);
    assert.equal((await counting).current, 1);
  });

  test("is not waited for without end", async () => {
    await control.client("PAUSE", 60_000, "WRITE");
    try {
      await assert.rejects(count("203.0.113.14"), /within 500 ms/);
    } finally {
      await control.client("UNPAUSE");
    }
  });

  test("gives an end to a window that has none", async () => {
    await control.set("test:203.0.113.11", 5);
    assert.deepEqual(await count("203.0.113.11"), { current: 6, ttl: 3600_000 });
    assert.ok((await control.pttl("test:203.0.113.11")) > 3500_000);
  });
});
