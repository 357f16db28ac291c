import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { RequestError } from "@mam-services/common/errors";

import { SegmentCache } from "../../edge/src/cache/segment-cache.ts";
import type { Content } from "../../edge/src/media/content.ts";
import type { Sink } from "../../edge/src/origin/connection.ts";
import type { Opened } from "../../edge/src/origin/origin.ts";
import type { Wanted } from "../../edge/src/origin/requests.ts";
import { eventually } from "../support/eventually.ts";

const nobodyLeaves = new AbortController().signal;

let base: string;
before(async () => {
  base = await mkdtemp(join(tmpdir(), "segment-cache-"));
});
after(() => rm(base, { recursive: true, force: true }));

/** Storage as the cache sees it: objects by key, and what was asked of it. */
class TestOrigin {
  readonly objects = new Map<string, { body: Buffer; etag: string }>();
  readonly asked: string[] = [];
  cancelled = 0;
  isAway = false;
  /** Bodies wait for it. */
  gate: Promise<void> = Promise.resolve();

  put(key: string, size: number, etag = '"1"') {
    this.objects.set(key, { body: randomBytes(size), etag });
  }

  readonly open = (key: string, { ifNoneMatch }: Wanted, viewer: AbortSignal): Promise<Opened> => {
    this.asked.push(key);
    if (this.isAway) return Promise.reject(new RequestError(502, "storage-unavailable", "away"));
    const object = this.objects.get(key);
    if (!object) return Promise.reject(new RequestError(404, "no-object", "none"));
    const info = { size: object.body.length, etag: object.etag, lastModified: "" };
    let isOver = false;
    let breakOff: (error: Error) => void = () => undefined;
    const cancelled = new Promise<never>((_resolve, reject) => (breakOff = reject));
    cancelled.catch(() => undefined);
    const cancel = () => {
      if (!isOver) this.cancelled += 1;
      isOver = true;
      breakOff(new Error("cancelled"));
    };
    viewer.addEventListener("abort", cancel);
    const forward = async (sink: Sink) => {
      await Promise.race([this.gate, cancelled]);
      await sink(object.body);
      isOver = true;
    };
    if (ifNoneMatch === object.etag)
      return Promise.resolve({ kind: "unchanged", info, forward, cancel });
    const { size: length } = info;
    return Promise.resolve({ kind: "object", info, range: undefined, length, forward, cancel });
  };
}

function startCache(path: string, maxBytes: number) {
  const origin = new TestOrigin();
  const clock = { now: 1_000_000 };
  const warnings: string[] = [];
  const logger = { warn: (_line: unknown, message: string) => void warnings.push(message) };
  const { open } = origin;
  const cache = new SegmentCache({
    path,
    maxBytes,
    open,
    logger: logger as never,
    now: () => clock.now,
  });
  return { origin, clock, warnings, cache };
}

async function read(content: Content | undefined): Promise<Buffer> {
  assert.ok(content, "it is kept");
  const chunks: Buffer[] = [];
  await content.forward({ first: 0, last: content.info.size - 1 }, (chunk) => {
    chunks.push(Buffer.from(chunk));
    return Promise.resolve();
  });
  await content.release();
  return Buffer.concat(chunks);
}

/** Bytes of blocks that the files below a directory take. */
async function bytesOnDisk(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true });
  const stats = await Promise.all(names.map((name) => stat(join(path, name))));
  return stats.filter((one) => one.isFile()).reduce((sum, { blocks }) => sum + blocks * 512, 0);
}

test("a segment is fetched once, whoever asks for it at the same time or later, and comes as it is", async () => {
  const { cache, origin } = startCache(join(base, "once"), 1_000_000);
  origin.put("a", 300_000);
  const viewers = await Promise.all(
    Array.from({ length: 20 }, () => cache.take("a", nobodyLeaves)),
  );
  for (const viewer of viewers)
    assert.ok((await read(viewer)).equals(origin.objects.get("a")!.body));
  await read(await cache.take("a", nobodyLeaves));
  assert.deepEqual(origin.asked, ["a"]);
});

test("what is missing is missing for everybody who waits, and asked again by the next", async () => {
  const { cache, origin } = startCache(join(base, "missing"), 1_000_000);
  const refused = await Promise.allSettled([1, 2, 3].map(() => cache.take("a", nobodyLeaves)));
  for (const one of refused)
    assert.equal(one.status === "rejected" && (one.reason as RequestError).statusCode, 404);
  assert.deepEqual(origin.asked, ["a"]);
  origin.put("a", 10);
  await read(await cache.take("a", nobodyLeaves));
});

test("the disk never holds more than the limit, whole blocks counted, and the least used goes first", async () => {
  const path = join(base, "limit");
  const { cache, origin } = startCache(path, 100_000);
  for (let index = 0; index < 50; index += 1) {
    origin.put(`s${index}`, 1 + Math.floor((index * 7919) % 30_000));
    await read(await cache.take(`s${index}`, nobodyLeaves));
    await read(await cache.take("s0", nobodyLeaves));
    assert.ok((await bytesOnDisk(path)) <= 100_000);
  }
  assert.equal(origin.asked.filter((key) => key === "s0").length, 1, "what is used stays");
  origin.asked.length = 0;
  await read(await cache.take("s1", nobodyLeaves));
  assert.deepEqual(origin.asked, ["s1"], "what is not used has gone");
});

test("what is being read is not deleted, and nothing more is kept when everything is", async () => {
  const path = join(base, "read");
  const { cache, origin } = startCache(path, 40_000);
  origin.put("a", 20_000);
  origin.put("b", 30_000);
  const reading = await cache.take("a", nobodyLeaves);
  assert.equal(await cache.take("b", nobodyLeaves), undefined);
  assert.equal(origin.cancelled, 1, "storage is told to stop sending");
  assert.ok((await bytesOnDisk(path)) <= 40_000);
  assert.ok((await read(reading)).equals(origin.objects.get("a")!.body));
  await read(await cache.take("b", nobodyLeaves));
});

test("a segment larger than the limit is not kept", async () => {
  const { cache, origin } = startCache(join(base, "large"), 40_000);
  origin.put("a", 40_001);
  assert.equal(await cache.take("a", nobodyLeaves), undefined);
  assert.equal(cache.bytes, 0);
});

test("many viewers of many segments at once stay below the limit", async () => {
  const path = join(base, "many");
  const { cache, origin } = startCache(path, 100_000);
  for (let index = 0; index < 12; index += 1) origin.put(`s${index}`, 15_000 + index);
  let most = 0;
  await Promise.all(
    Array.from({ length: 200 }, async (_, viewer) => {
      const key = `s${(viewer * 7) % 12}`;
      const content = await cache.take(key, nobodyLeaves);
      most = Math.max(most, await bytesOnDisk(path).catch(() => 0));
      if (content) assert.ok((await read(content)).equals(origin.objects.get(key)!.body));
    }),
  );
  assert.ok(most > 0 && most <= 100_000, String(most));
  assert.ok(cache.bytes <= 100_000);
});

test("after a while storage is asked whether a segment is still the same", async () => {
  const path = join(base, "changed");
  const { cache, origin, clock } = startCache(path, 100_000);
  origin.put("a", 10_000);
  await read(await cache.take("a", nobodyLeaves));
  clock.now += 6 * 60_000;
  await read(await cache.take("a", nobodyLeaves));
  assert.equal(origin.asked.length, 2);
  await read(await cache.take("a", nobodyLeaves));
  assert.equal(origin.asked.length, 2, "the answer counts as long as the first");

  const old = await cache.take("a", nobodyLeaves);
  const oldBody = origin.objects.get("a")!.body;
  origin.put("a", 12_000, '"2"');
  clock.now += 6 * 60_000;
  assert.ok(
    (await read(await cache.take("a", nobodyLeaves))).equals(origin.objects.get("a")!.body),
  );
  assert.ok((await read(old)).equals(oldBody), "who reads the old one reads it to its end");
  assert.ok((await bytesOnDisk(path)) <= 12_288, "and then it is deleted");
});

test("while storage is away a segment is served as it was, and one that was deleted there is not", async () => {
  const { cache, origin, clock } = startCache(join(base, "away"), 100_000);
  origin.put("a", 10_000);
  await read(await cache.take("a", nobodyLeaves));
  clock.now += 6 * 60_000;
  origin.isAway = true;
  await read(await cache.take("a", nobodyLeaves));
  origin.isAway = false;
  origin.objects.delete("a");
  clock.now += 6 * 60_000;
  await assert.rejects(cache.take("a", nobodyLeaves), { statusCode: 404 });
  assert.equal(cache.bytes, 0);
});

test("a fetch goes on while anybody waits for it, and ends with the last", async () => {
  const { cache, origin } = startCache(join(base, "left"), 100_000);
  origin.put("a", 10_000);
  let open: () => void = () => undefined;
  origin.gate = new Promise((resolve) => (open = resolve));
  const [first, second] = [new AbortController(), new AbortController()];
  const taking = [first, second].map(({ signal }) => cache.take("a", signal));
  await eventually(() => cache.bytes > 0);
  first.abort(new Error("gone"));
  await assert.rejects(taking[0]!, /gone/);
  assert.equal(origin.cancelled, 0);
  second.abort(new Error("gone"));
  await assert.rejects(taking[1]!, /gone/);
  await eventually(() => origin.cancelled > 0);
  await eventually(() => cache.bytes === 0);
  open();
  await read(await cache.take("a", nobodyLeaves));
});

test("a viewer who leaves while storage is being asked leaves nothing behind", async () => {
  const { cache, origin } = startCache(join(base, "left-early"), 100_000);
  origin.put("a", 10_000);
  origin.gate = new Promise(() => undefined);
  const viewer = new AbortController();
  const taking = cache.take("a", viewer.signal);
  viewer.abort(new Error("gone"));
  await assert.rejects(taking, /gone/);
  await eventually(() => origin.cancelled === 1 && cache.bytes === 0);
});

test("a disk that cannot be written is left alone for a minute, and then tried again", async () => {
  const path = join(base, "unwritable");
  await writeFile(path, "a file where the directory should be");
  const { cache, origin, clock, warnings } = startCache(path, 100_000);
  origin.put("a", 10_000);
  assert.equal(await cache.take("a", nobodyLeaves), undefined);
  assert.deepEqual(warnings, ["segment not kept"]);
  assert.equal(await cache.take("a", nobodyLeaves), undefined);
  assert.equal(origin.asked.length, 1, "nothing is fetched for nothing");
  await rm(path);
  clock.now += 61_000;
  await read(await cache.take("a", nobodyLeaves));
});

test("a limit of 0 keeps nothing and asks for nothing", async () => {
  const { cache, origin } = startCache(join(base, "off"), 0);
  origin.put("a", 10);
  assert.equal(await cache.take("a", nobodyLeaves), undefined);
  assert.deepEqual(origin.asked, []);
});

test("a file that somebody else deleted is not kept any more", async () => {
  const path = join(base, "deleted");
  const { cache, origin } = startCache(path, 100_000);
  origin.put("a", 10_000);
  await read(await cache.take("a", nobodyLeaves));
  await rm(path, { recursive: true });
  assert.equal(await cache.take("a", nobodyLeaves), undefined);
  assert.equal(cache.bytes, 0);
});

test("what processes left behind that are no more is deleted, and nothing else; closing deletes its own", async () => {
  const path = join(base, "leftovers");
  for (const name of [`edge-${process.pid}`, "edge-4194305", `edge-${process.ppid}`, "photos"]) {
    await mkdir(join(path, name), { recursive: true });
    await writeFile(join(path, name, "1"), "x");
  }
  const { cache, origin } = startCache(path, 100_000);
  origin.put("a", 10_000);
  await read(await cache.take("a", nobodyLeaves));
  assert.deepEqual(
    (await readdir(path)).sort(),
    ["photos", `edge-${process.pid}`, `edge-${process.ppid}`].sort(),
  );
  await cache.close();
  assert.deepEqual((await readdir(path)).sort(), ["photos", `edge-${process.ppid}`].sort());
});
