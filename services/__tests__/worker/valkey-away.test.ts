import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import { eventually } from "../support/eventually.ts";
import { plainClip } from "./support/clips.ts";
import { withEngines } from "./support/engines.ts";
import { type Platform, startPlatform } from "./support/platform.ts";
import { entriesLeft, storedTimes } from "./support/queue.ts";
import { type SlowFfmpeg, slowFfmpeg } from "./support/slow-ffmpeg.ts";

describe("a Valkey that fails", withEngines, () => {
  let platform: Platform;
  let slow: SlowFfmpeg;
  const isEmpty = async () => (await entriesLeft(platform)) === 0;
  const countOf = (id: string, event: string) =>
    platform.api.eventsOf(id).filter((one) => one === event).length;
  const says = (lines: readonly string[], msg: string) =>
    lines.some((line) => line.includes(`"msg":"${msg}"`));

  before(async () => {
    [platform, slow] = await Promise.all([startPlatform(), slowFfmpeg()]);
    const clip = await plainClip(12);
    for (const name of ["away", "idle", "emptied", "after", "full"])
      await platform.storage.putMaster(`${name}/clip.mp4`, clip);
  });

  afterEach(async () => {
    await platform.endWorkers();
    await platform.valkey.config("SET", "maxmemory", "0");
    await platform.valkey.flushall();
  });

  after(async () => {
    await platform.close();
    await slow.remove();
  });

  test("and comes back while a job is made: the job is made to its end, once", async () => {
    const worker = await platform.startWorker({ FFMPEG_PATH: slow.program });
    const id = await platform.enqueue("away/clip.mp4");
    await platform.api.waitFor(id, "playable");

    platform.wayToValkey.shut();
    await eventually(() => says(worker.lines, "claim not renewed"));
    const health = await fetch(`http://127.0.0.1:${worker.healthPort}/health`);
    platform.wayToValkey.open();
    await platform.api.waitFor(id, "ready");
    await eventually(isEmpty);

    assert.equal(health.status, 200);
    assert.equal(countOf(id, "started"), 1);
    assert.deepEqual(storedTimes(platform, "away/preview.json"), { "": 1 });
  });

  test("and comes back to an idle worker: it takes the next job", async () => {
    const worker = await platform.startWorker();
    platform.wayToValkey.shut();
    await eventually(() => says(worker.lines, "valkey connection"));

    platform.wayToValkey.open();
    const id = await platform.enqueue("idle/clip.mp4");
    await platform.api.waitFor(id, "ready");

    assert.equal(await worker.end("SIGTERM"), 0);
  });

  test("and comes back without its data: the group is made again, and no work is lost", async () => {
    await platform.startWorker({ FFMPEG_PATH: slow.program, QUEUE_CONCURRENCY: "2" });
    const id = await platform.enqueue("emptied/clip.mp4");
    await platform.api.waitFor(id, "playable");

    await platform.valkey.flushall();
    const next = await platform.enqueue("after/clip.mp4");
    await Promise.all([id, next].map((job) => platform.api.waitFor(job, "ready")));
    await eventually(isEmpty);

    assert.deepEqual([countOf(id, "started"), countOf(next, "started")], [1, 1]);
  });

  test("because it is full: what was begun is finished, and its end makes room", async () => {
    await platform.startWorker({ FFMPEG_PATH: slow.program });
    const id = await platform.enqueue("full/clip.mp4");
    await platform.api.waitFor(id, "playable");

    await platform.valkey.config("SET", "maxmemory", "1");
    await platform.api.waitFor(id, "ready");
    await eventually(isEmpty);

    await assert.rejects(platform.valkey.set("anything", "more"), /OOM/);
    assert.equal(countOf(id, "started"), 1);
  });

  test("for good does not keep a worker from ending", async () => {
    const worker = await platform.startWorker();
    platform.wayToValkey.shut();
    await eventually(() => says(worker.lines, "valkey connection"));

    const code = await worker.end("SIGTERM");
    platform.wayToValkey.open();

    assert.equal(code, 0);
  });

  test(
    "while it waits for entries does not keep a worker from ending",
    { timeout: 60_000 },
    async () => {
      const worker = await platform.startWorker();
      const id = await platform.enqueue("idle/clip.mp4");
      await platform.api.waitFor(id, "ready");
      await eventually(isEmpty);
      platform.wayToValkey.shut();
      const tries = () => worker.lines.filter((line) => line.includes("valkey connection")).length;
      await eventually(() => tries() > 8);

      const code = await worker.end("SIGTERM");
      platform.wayToValkey.open();

      assert.equal(code, 0);
    },
  );
});
