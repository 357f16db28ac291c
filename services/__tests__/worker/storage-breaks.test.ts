import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import { eventually } from "../support/eventually.ts";
import { type BreakingStorage, breakingStorage } from "./support/breaking-storage.ts";
import { plainClip } from "./support/clips.ts";
import { withEngines } from "./support/engines.ts";
import { type Platform, startPlatform } from "./support/platform.ts";
import { entriesLeft, openUploads } from "./support/queue.ts";

describe("storage that fails in the middle of a job", withEngines, () => {
  let platform: Platform;
  let storage: BreakingStorage;
  const isOfTheMiddle = (range = "") => Number(/^bytes=(\d+)/.exec(range)?.[1] ?? 0) > 0;
  const playlistOf = async (asset: string) =>
    Buffer.from(await platform.storage.read(`${asset}/hls/720p/playlist.m3u8`)).toString();

  before(async () => {
    platform = await startPlatform();
    storage = await breakingStorage(platform.storage.platform.endpoint);
    const clip = await plainClip(20, "640x360");
    for (const name of ["passing", "lasting", "refused"])
      await platform.storage.putMaster(`${name}/clip.mp4`, clip);
  });

  afterEach(async () => {
    storage.breakOff(() => false);
    platform.storage.platform.cloud.faults.clear();
    await platform.endWorkers();
    await platform.valkey.flushall();
  });

  after(async () => {
    await platform.close();
    await storage.close();
  });

  test("for a moment is asked again: the preview is whole", async () => {
    storage.breakOff(
      ({ method, range }) => method === "GET" && isOfTheMiddle(range) && storage.broken < 2,
    );
    await platform.startWorker({ WASABI_ENDPOINT: storage.endpoint });

    const id = await platform.enqueue("passing/clip.mp4");
    const { body } = await platform.api.waitFor(id, "ready");

    assert.equal(storage.broken, 2);
    const { duration } = body.media as { duration: number };
    assert.ok(Math.abs(duration - 20) <= 1 / 25, `it lasts ${duration} s`);
  });

  test("for good makes no shorter film, and is not said to be the file's fault", async () => {
    storage.breakOff(({ method, range }) => method === "GET" && isOfTheMiddle(range));
    await platform.startWorker({ WASABI_ENDPOINT: storage.endpoint, FFMPEG_RETRIES: "1" });

    const id = await platform.enqueue("lasting/clip.mp4");
    const { body } = await platform.api.waitFor(id, "failed");
    await eventually(async () => (await entriesLeft(platform)) === 0);

    assert.match(String(body.reason), /aborted|storage sent|terminated|hang up|reset/i);
    const names = await platform.storage.list("lasting/");
    assert.ok(!names.includes("preview.json") && !names.includes("preview.mp4"), names.join());
    if (names.includes("hls/720p/playlist.m3u8"))
      assert.doesNotMatch(await playlistOf("lasting"), /ENDLIST/);
    assert.equal(await openUploads(platform), 0);
  });

  test("and refuses a segment, where ffmpeg ends with 0: the preview is not called ready", async () => {
    platform.storage.platform.cloud.faults.add({
      platform: "wasabi",
      method: "PUT",
      path: "00002\\.ts$",
      kind: "error-before-effect",
      times: 1000,
    });
    await platform.startWorker({ FFMPEG_RETRIES: "1" });

    const id = await platform.enqueue("refused/clip.mp4");
    await platform.api.waitFor(id, "failed");

    assert.deepEqual(
      platform.api.eventsOf(id).filter((event) => event !== "progress"),
      ["started", "playable", "failed"],
    );
    const playlist = await playlistOf("refused");
    assert.match(playlist, /00001\.ts/);
    assert.doesNotMatch(playlist, /00002\.ts|ENDLIST/);
    assert.ok(!(await platform.storage.list("refused/")).includes("preview.mp4"));
  });
});
