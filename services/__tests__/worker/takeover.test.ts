import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { eventually } from "../support/eventually.ts";
import { plainClip } from "./support/clips.ts";
import { withEngines } from "./support/engines.ts";
import { type Platform, type WorkerProcess, startPlatform } from "./support/platform.ts";
import { canLookIntoProcesses, childrenOf, runs } from "./support/processes.ts";
import { entriesLeft, openUploads, storedTimes } from "./support/queue.ts";
import { type SlowFfmpeg, slowFfmpeg } from "./support/slow-ffmpeg.ts";

/** Seconds after which docs/jobs.md has a dead worker's job taken over, and what a slow machine may add. */
const takeOverWithin = 30 + 15;

describe("a worker that ends in the middle of a job", withEngines, () => {
  let platform: Platform;
  let slow: SlowFfmpeg;
  const isPlayable = async (prefix: string) =>
    (await platform.storage.list(prefix)).includes("hls/master.m3u8");
  const ffmpegOf = async ({ process }: WorkerProcess) =>
    canLookIntoProcesses ? (await childrenOf(process.pid!)).map(({ pid }) => pid) : [];
  const ended = (pids: readonly number[]) =>
    eventually(async () => !(await Promise.all(pids.map(runs))).includes(true));

  before(async () => {
    [platform, slow] = await Promise.all([startPlatform(), slowFfmpeg()]);
    await platform.storage.putMaster("killed/clip.mp4", await plainClip(16));
    await platform.storage.putMaster("told/clip.mp4", await plainClip(16));
  });

  after(async () => {
    await platform.close();
    await slow.remove();
  });

  test("by kill -9, is replaced by another one in time, and the preview is whole", async () => {
    const first = await platform.startWorker({ FFMPEG_PATH: slow.program });
    const id = await platform.enqueue("killed/clip.mp4");
    await platform.api.waitFor(id, "started");
    await eventually(() => isPlayable("killed/"));
    const encoders = await ffmpegOf(first);
    const before_ = await platform.storage.list("killed/");

    await first.end("SIGKILL");
    const second = await platform.startWorker();
    const killedAt = performance.now();
    await eventually(() => platform.api.eventsOf(id).filter((e) => e === "started").length === 2);
    const seconds = (performance.now() - killedAt) / 1000;
    await platform.api.waitFor(id, "ready");
    await ended(encoders);
    await eventually(async () => (await entriesLeft(platform)) === 0);
    await second.end("SIGTERM");

    assert.ok(!before_.includes("preview.json"), "the first worker was killed too late");
    assert.ok(seconds < takeOverWithin, `it took ${seconds} s`);
    assert.deepEqual(
      platform.api.reports
        .filter(({ path, event }) => path.endsWith(id) && event === "started")
        .map(({ body }) => body.attempt),
      [1, 2],
    );
    assert.equal(storedTimes(platform, "killed/")["preview.json"], 1);
    const playlist = await platform.storage.read("killed/hls/720p/playlist.m3u8");
    assert.match(Buffer.from(playlist).toString(), /(?:#EXTINF[^#]+){4}#EXT-X-ENDLIST\n$/);
  });

  test("by SIGTERM, gives the job back at once, and the attempt does not count", async () => {
    const first = await platform.startWorker({ FFMPEG_PATH: slow.program });
    const id = await platform.enqueue("told/clip.mp4");
    await eventually(() => isPlayable("told/"));
    const encoders = await ffmpegOf(first);
    const second = await platform.startWorker();

    const code = await first.end("SIGTERM");
    await ended(encoders);
    await platform.api.waitFor(id, "released");
    const releasedAt = performance.now();
    await eventually(() => platform.api.eventsOf(id).filter((e) => e === "started").length === 2);
    const seconds = (performance.now() - releasedAt) / 1000;
    await platform.api.waitFor(id, "ready");
    await second.end("SIGTERM");

    assert.equal(code, 0);
    assert.ok(seconds < 20, `it took ${seconds} s`);
    assert.deepEqual(
      platform.api.reports
        .filter(({ path, event }) => path.endsWith(id) && event === "started")
        .map(({ body }) => body.attempt),
      [1, 1],
    );
    assert.equal(await openUploads(platform), 0);
    assert.equal(storedTimes(platform, "told/")["preview.json"], 1);
  });
});
