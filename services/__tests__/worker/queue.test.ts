import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, afterEach, before, describe, test } from "node:test";

import { eventually } from "../support/eventually.ts";
import { plainClip } from "./support/clips.ts";
import { withEngines } from "./support/engines.ts";
import { stream } from "../../local/worker.ts";
import { type Platform, startPlatform } from "./support/platform.ts";
import { deadLetters, entriesLeft, letTimePass, storedTimes } from "./support/queue.ts";
import { type SlowFfmpeg, slowFfmpeg } from "./support/slow-ffmpeg.ts";

describe("the queue of jobs", withEngines, () => {
  let platform: Platform;
  let slow: SlowFfmpeg;
  const isEmpty = async () => (await entriesLeft(platform)) === 0;
  const countOf = (id: string, event: string) =>
    platform.api.eventsOf(id).filter((one) => one === event).length;

  before(async () => {
    [platform, slow] = await Promise.all([startPlatform(), slowFfmpeg()]);
    const clip = await plainClip(4);
    for (const name of ["once", "again", "over", "known", "crash", "one", "two", "three"])
      await platform.storage.putMaster(`${name}/clip.mp4`, clip);
  });

  afterEach(async () => {
    platform.api.answer(() => 204);
    await platform.endWorkers();
    await platform.valkey.flushall();
  });

  after(async () => {
    await platform.close();
    await slow.remove();
  });

  test("two entries of one job make one preview, whoever reads them", async () => {
    const id = randomUUID();
    await platform.startWorker({ QUEUE_CONCURRENCY: "2", FFMPEG_PATH: slow.program });
    await platform.startWorker({ QUEUE_CONCURRENCY: "2", FFMPEG_PATH: slow.program });

    for (let entry = 0; entry < 3; entry += 1) await platform.enqueue("once/clip.mp4", { id });
    await platform.api.waitFor(id, "ready");
    await eventually(async () => {
      await letTimePass(platform, 30_000);
      return isEmpty();
    });

    assert.equal(countOf(id, "started"), 1);
    assert.deepEqual(Object.values(storedTimes(platform, "once/hls/720p/00000.ts")), [1]);
    assert.deepEqual(storedTimes(platform, "once/preview.json"), { "": 1 });
  });

  test("a job that comes again after its end is reported again, and nothing is made", async () => {
    const id = randomUUID();
    await platform.startWorker();
    await platform.enqueue("again/clip.mp4", { id });
    await platform.api.waitFor(id, "ready");

    await platform.enqueue("again/clip.mp4", { id });
    await eventually(() => countOf(id, "ready") === 2);
    await eventually(isEmpty);

    assert.equal(countOf(id, "started"), 1);
    assert.deepEqual(storedTimes(platform, "again/preview.mp4"), { "": 1 });
  });

  test("workers share the jobs, and each is made once", async () => {
    await Promise.all([platform.startWorker(), platform.startWorker()]);
    const names = ["one", "two", "three"];

    const ids = await Promise.all(names.map((name) => platform.enqueue(`${name}/clip.mp4`)));
    await Promise.all(ids.map((id) => platform.api.waitFor(id, "ready")));
    await eventually(isEmpty);

    assert.deepEqual(
      ids.map((id) => [countOf(id, "started"), countOf(id, "ready")]),
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    );
  });

  test("a job of another version is left to other workers, and holds up nobody", async () => {
    await platform.startWorker();
    const strange = await platform.enqueue("one/clip.mp4", { version: 2, film: "one/clip.mp4" });
    const id = await platform.enqueue("one/clip.mp4");

    await platform.api.waitFor(id, "ready");
    await letTimePass(platform, 30_000);
    const next = await platform.enqueue("two/clip.mp4");
    await platform.api.waitFor(next, "ready");

    assert.deepEqual(platform.api.eventsOf(strange), []);
    // A job is reported ready before its entry goes.
    await eventually(async () => (await entriesLeft(platform)) === 1);
    const [pending] = (await platform.valkey.xpending(stream.name, stream.group)) as [number];
    assert.equal(pending, 1);
    // Another worker that knows it does not have to wait until this one died.
    const claimed = await platform.valkey.xautoclaim(
      stream.name,
      stream.group,
      "other",
      25_000,
      "0",
    );
    assert.equal((claimed[1] as unknown[]).length, 1);
  });

  test("what is no job is buried, and holds up nobody", async () => {
    await platform.startWorker();
    await platform.valkey.xadd(
      stream.name,
      "*",
      "job",
      '{"version":1,"id":"x","token":"secret-token"}',
    );
    await platform.valkey.xadd(stream.name, "*", "other", "field");

    const id = await platform.enqueue("one/clip.mp4");
    await platform.api.waitFor(id, "ready");
    await eventually(isEmpty);

    const letters = await deadLetters(platform);
    assert.equal(letters.length, 2);
    assert.match(letters[0]!.reason!, /^not a preview job: check asset, master, preview/);
    assert.doesNotMatch(JSON.stringify(letters), /secret-token/);
  });

  test("a job that keeps failing is given up after its attempts, and is found among the dead", async () => {
    await platform.startWorker({ FFMPEG_RETRIES: "2" });

    const id = await platform.enqueue("nowhere/clip.mp4");
    await eventually(() => countOf(id, "started") === 1);
    await platform.api.waitFor(id, "failed");
    await eventually(isEmpty);

    const [letter] = await deadLetters(platform);
    assert.equal(countOf(id, "started"), 2);
    assert.equal(letter!.attempts, "2");
    assert.equal(letter!.reason, "storage answered 403 when asked for the master");
    assert.equal((JSON.parse(letter!.job!) as { id: string }).id, id);
    assert.doesNotMatch(letter!.job!, /token/);
    assert.ok(Date.parse(letter!.at!) > 0);
  });

  test("a job that killed every worker that began it is given up", async () => {
    const id = randomUUID();
    await platform.valkey.set(`previews:attempts:${id}`, 3);
    await platform.startWorker({ FFMPEG_RETRIES: "3" });

    await platform.enqueue("crash/clip.mp4", { id });
    const { body } = await platform.api.waitFor(id, "failed");
    await eventually(isEmpty);

    assert.equal(body.reason, "Every worker that began it died.");
    assert.equal(countOf(id, "started"), 0);
    assert.equal((await deadLetters(platform)).length, 1);
  });

  test("a job that the API calls over is dropped in the middle", async () => {
    platform.api.answer(({ event }) => (event === "playable" ? 409 : 204));
    const worker = await platform.startWorker({ FFMPEG_PATH: slow.program });
    await platform.storage.putMaster("long/clip.mp4", await plainClip(20));

    const id = await platform.enqueue("long/clip.mp4");
    await platform.api.waitFor(id, "playable");
    await eventually(isEmpty);

    assert.equal(countOf(id, "ready"), 0);
    assert.deepEqual(storedTimes(platform, "long/preview.json"), {});
    await eventually(() => worker.lines.some((line) => line.includes('"why":"over"')));
  });

  test("an API that is away for a while hears of the end, and nothing is made twice", async () => {
    let refusals = 0;
    platform.api.answer(({ event }) => (event === "ready" && (refusals += 1) <= 3 ? 503 : 204));
    await platform.startWorker();

    const id = await platform.enqueue("over/clip.mp4");
    await eventually(() => countOf(id, "ready") === 4);
    await eventually(isEmpty);

    assert.equal(countOf(id, "started"), 1);
    assert.deepEqual(storedTimes(platform, "over/preview.json"), { "": 1 });
  });

  test("a worker that died before its report left the outcome to the next one", async () => {
    platform.api.answer(({ event }) => (event === "ready" ? 503 : 204));
    const first = await platform.startWorker();
    const id = await platform.enqueue("known/clip.mp4");
    await platform.api.waitFor(id, "ready");
    await first.end("SIGKILL");

    platform.api.answer(() => 204);
    await letTimePass(platform, 30_000);
    await platform.startWorker();
    await eventually(isEmpty);

    assert.equal(countOf(id, "started"), 1);
    assert.ok(countOf(id, "ready") >= 2);
  });
});
