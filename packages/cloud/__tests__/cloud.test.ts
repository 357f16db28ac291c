import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { startCloud } from "../src/cloud.ts";
import { exampleFile, readSeed } from "../src/program/seed-file.ts";

const seed = readSeed(exampleFile);

async function takenPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, server };
}

test("the platforms share one clock, one request log and one list of faults", async () => {
  const cloud = await startCloud(seed);
  cloud.faults.clear();
  cloud.faults.add({ platform: "spaces", kind: "error-before-effect" });
  const [account, spaces] = await Promise.all([
    fetch(`${cloud.endpoints.digitalOcean}/v2/account`),
    fetch(`${cloud.endpoints.spaces}/terraform-state`),
  ]);
  await cloud.close();

  expect([account.status, spaces.status]).toEqual([401, 500]);
  expect(cloud.requestLog.entries().map(({ platform }) => platform)).toEqual(
    expect.arrayContaining(["digitalocean", "spaces"]),
  );
  expect(cloud.clock.speed).toBe(60);
});

test("whoever ends it twice waits for the one end", async () => {
  const cloud = await startCloud(seed);
  await Promise.all([cloud.close(), cloud.close()]);
  await cloud.close();

  await expect(fetch(`${cloud.endpoints.spaces}/`)).rejects.toThrow("fetch failed");
});

test.each(["apps", "wasabiSts", "spaces"] as const)(
  "when the port of %s is taken nothing is left running",
  async (name) => {
    const [taken, other] = await Promise.all([takenPort(), takenPort()]);
    other.server.close();
    await once(other.server, "close");
    const ports = { digitalOcean: other.port, [name]: taken.port };

    await expect(startCloud(seed, ports)).rejects.toMatchObject({ code: "EADDRINUSE" });
    taken.server.close();
    await expect(fetch(`http://127.0.0.1:${other.port}/v2/account`)).rejects.toThrow();
  },
);
