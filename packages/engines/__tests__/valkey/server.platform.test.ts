import { Redis } from "iovalkey";

import { type TestValkey, startTestValkey } from "../../src/index.ts";
import { engines, testWith } from "../support/engines.ts";

const testValkey = testWith("valkey");

let valkey: TestValkey | undefined;
let clients: Redis[] = [];
const aValkey = async (options: { maxmemory?: number } = {}) => {
  valkey = await startTestValkey(engines, options);
  return valkey;
};
afterEach(async () => {
  for (const client of clients.splice(0)) client.disconnect();
  await valkey?.close();
  valkey = undefined;
});

function connectTo(url: string, authority?: string): Redis {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    tls: authority === undefined ? {} : { ca: authority },
  });
  client.on("error", () => undefined);
  clients = [...clients, client];
  return client;
}

testValkey("it answers over TLS, by password, to who trusts its authority", async () => {
  const { REDIS_URL, authority } = await aValkey();
  expect(await connectTo(REDIS_URL, authority).ping()).toBe("PONG");
  await expect(connectTo(REDIS_URL).connect()).rejects.toThrow();
  const wrong = REDIS_URL.replace(/:[^:@]+@/, ":wrong@");
  await expect(connectTo(wrong, authority).get("key")).rejects.toThrow(/WRONGPASS|NOAUTH|invalid/);
});

testValkey("a full one refuses what is written until the policy lets keys go", async () => {
  const { REDIS_URL, authority, server } = await aValkey({ maxmemory: 3_000_000 });
  const client = connectTo(REDIS_URL, authority);
  const fill = async () => {
    for (let key = 0; key < 60; key++) await client.set(`key:${key}`, "x".repeat(100_000));
  };
  await expect(fill()).rejects.toThrow("OOM");
  await server.configure({ "maxmemory-policy": "allkeys-lru" });
  await fill();
});

testValkey("a new password holds at once, for us too", async () => {
  const { REDIS_URL, authority, server } = await aValkey();
  await server.setPassword(`two "words"`);
  await expect(connectTo(REDIS_URL, authority).get("key")).rejects.toThrow();
  await server.configure({ timeout: "300" });
});

testValkey("nobody finds its password in the list of processes", async () => {
  const { REDIS_URL } = await aValkey();
  const { execFileSync } = await import("node:child_process");
  const processes = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  expect(processes).toContain("valkey.conf");
  expect(processes).not.toContain(new URL(REDIS_URL).password);
});
