import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, get } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";

import { eventually } from "../support/eventually.ts";
import { type TestEdge, link, startEdge } from "./support/edge.ts";
import { type Relay, startRelay } from "./support/relay.ts";
import { type PreviewStorage, startPreviewStorage } from "./support/storage.ts";

const film = randomBytes(40_000_000);
const segment = randomBytes(500_000);

let storage: PreviewStorage;
let relay: Relay;
let edge: TestEdge;
/** One that gives storage four seconds. */
let impatient: TestEdge;
before(async () => {
  storage = await startPreviewStorage();
  relay = await startRelay(storage.endpoint);
  edge = await startEdge(relay.endpoint);
  impatient = await startEdge(relay.endpoint, { FETCH_TIMEOUT_MS: "4000" });
  await storage.put("asset-1/preview.mp4", film);
  await storage.put("asset-1/hls/00000.ts", segment);
  await storage.put("asset-1/playlist.m3u8", "#EXTM3U\n#EXT-X-ENDLIST\n");
});
afterEach(() => {
  storage.cloud.faults.clear();
  relay.breakAfter(undefined);
  relay.stallAfter(undefined);
});
after(async () => {
  await Promise.all([edge.close(), impatient.close()]);
  await relay.close();
  await storage.close();
});

/** Asks, and gives up or goes on as the test says. */
function watch(path: string, { port } = edge) {
  let bytes = 0;
  let ended: "whole" | "broken" | undefined;
  const asked = get({ port, path, agent: false }, (answer) => {
    answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
    answer.on("end", () => (ended = "whole"));
    answer.on("error", () => (ended ??= "broken"));
  });
  asked.on("error", () => (ended ??= "broken"));
  return { bytes: () => bytes, ended: () => ended, leave: () => asked.destroy() };
}

for (const key of ["preview.mp4", "hls/00000.ts", "playlist.m3u8"]) {
  test(`${key}: storage that fails once is asked again, and the viewer sees nothing of it`, async () => {
    for (const kind of ["error-before-effect", "dropped-connection", "rate-limited"] as const) {
      storage.cloud.faults.add({ platform: "wasabi", kind, times: 1 });
      const { status } = await edge.ask(link(key), { headers: { range: "bytes=0-9" } });
      assert.equal(status, 206, kind);
    }
  });
}

for (const key of ["preview.mp4", "hls/00001.ts", "playlist.m3u8"]) {
  test(`${key}: storage that is away is 502, and one that does not answer in time 504`, async () => {
    storage.cloud.faults.add({ platform: "wasabi", kind: "down" });
    const away = await edge.ask(link(key));
    assert.equal(away.status, 502);
    assert.equal(away.headers["cache-control"], "no-store");
    assert.equal((await edge.ask(link(key), { method: "HEAD" })).status, 502);
    storage.cloud.faults.clear();
    relay.stallAfter(0);
    assert.equal((await impatient.ask(link(key))).status, 504);
  });
}

test("a failure is one error line with its reason, and without the address of anything", () => {
  const failed = [edge, impatient].flatMap((one) =>
    one.lines().filter(({ level }) => level === "error"),
  );
  assert.equal(failed.length, 9);
  for (const { status, route, err } of failed) {
    assert.ok(status === 502 || status === 504);
    assert.equal(route, "/m/*");
    assert.ok(err);
  }
  assert.doesNotMatch(JSON.stringify(failed), /X-Amz|[0-9a-f]{64}/);
});

test("a viewer who leaves ends the stream from storage", async () => {
  const before = relay.bytes();
  const viewer = watch(link("preview.mp4"));
  await eventually(() => viewer.bytes() > 0);
  viewer.leave();
  await eventually(() => relay.open() <= 1);
  assert.ok(relay.bytes() - before < film.length, "storage did not send all of it");
  assert.ok(!edge.lines().some(({ msg }) => msg === "stream broken off"), "it is nobody's failure");
});

test("a viewer who leaves before storage answers ends the request to storage", async () => {
  await eventually(() => relay.open() === 0);
  relay.stallAfter(0);
  const viewer = watch(link("preview.mp4"));
  await eventually(() => relay.open() === 1);
  const { length } = edge.lines();
  viewer.leave();
  await eventually(() => relay.open() === 0);
  assert.equal(edge.lines().length, length, "it is nobody's failure");
});

test("a viewer who leaves while storage says nothing ends the stream too", async () => {
  await eventually(() => relay.open() === 0);
  relay.stallAfter(2_000_000);
  const viewer = watch(link("preview.mp4"));
  await eventually(() => viewer.bytes() > 1_000_000);
  viewer.leave();
  await eventually(() => relay.open() === 0);
});

test("a stream that breaks off in the middle is broken off, never ended as if it were whole", async () => {
  relay.breakAfter(2_000_000);
  const viewer = watch(link("preview.mp4"));
  await eventually(() => viewer.ended() !== undefined);
  assert.equal(viewer.ended(), "broken");
  assert.ok(viewer.bytes() < film.length);
  assert.ok(edge.lines().some(({ msg }) => msg === "stream broken off"));
});

test("a stream in which storage falls silent is broken off too", async () => {
  relay.stallAfter(2_000_000);
  const viewer = watch(link("preview.mp4"), impatient);
  await eventually(() => viewer.ended() !== undefined);
  assert.equal(viewer.ended(), "broken");
});

test("a viewer who reads slowly holds storage back, and is not taken for silence", async () => {
  const before = relay.bytes();
  const asked = get({ port: impatient.port, path: link("preview.mp4"), agent: false });
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  await delay(5000);
  assert.ok(relay.bytes() - before < film.length, "socket buffers, and no more");
  let bytes = 0;
  for await (const chunk of answer) bytes += (chunk as Buffer).length;
  assert.equal(bytes, film.length);
});

test("a key that storage does not know is 502, and nothing of it is told or logged", async () => {
  const other = await startEdge(storage.endpoint, { WASABI_PREVIEWS_ACCESS_KEY: "UNKNOWNKEY" });
  try {
    for (const method of ["GET", "HEAD"]) {
      const { status, body } = await other.ask(link("preview.mp4"), { method });
      assert.equal(status, 502);
      assert.doesNotMatch(body.toString(), /UNKNOWNKEY/);
    }
  } finally {
    await other.close();
  }
});

test("one address gets no more than its share, and another its own", async () => {
  const other = await startEdge(storage.endpoint, { RATE_LIMIT_MAX: "3" });
  try {
    const ask = (address: string) =>
      other.ask(link("playlist.m3u8"), { headers: { "x-forwarded-for": `6.6.6.6, ${address}` } });
    const statuses = async (address: string) => {
      const answers = [];
      for (let index = 0; index < 5; index += 1) answers.push((await ask(address)).status);
      return answers;
    };
    assert.deepEqual(await statuses("203.0.113.1"), [200, 200, 200, 429, 429]);
    assert.deepEqual(await statuses("203.0.113.2"), [200, 200, 200, 429, 429]);
    const limited = await ask("203.0.113.1");
    assert.ok(Number(limited.headers["retry-after"]) > 0);
    assert.match(limited.body.toString(), /"too-many-requests"/);
    assert.equal((await other.ask("/health")).status, 200);
  } finally {
    await other.close();
  }
});
