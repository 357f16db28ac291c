import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { plainClip } from "./support/clips.ts";
import { withEngines } from "./support/engines.ts";
import { stream } from "../../local/worker.ts";
import { type Platform, startPlatform } from "./support/platform.ts";

describe("a worker that gets a job", withEngines, () => {
  let platform: Platform;

  before(async () => {
    platform = await startPlatform();
    await platform.startWorker();
  });

  after(() => platform.close());

  test("makes the whole preview, reports it and takes the job off the stream", async () => {
    await platform.storage.putMaster("asset-1/clip.mp4", await plainClip(10));

    const id = await platform.enqueue("asset-1/clip.mp4");
    const ready = await platform.api.waitFor(id, "ready");

    const { duration, ...media } = ready.body.media as { duration: number };
    assert.ok(Math.abs(duration - 10) <= 1 / 25, `it lasts ${duration} s`);
    assert.deepEqual(media, { width: 320, height: 180, fps: 25, hasAudio: true });
    assert.equal(ready.path, `/api/internal/previews/${id}`);
    assert.equal(ready.authorization, "Bearer token-of-the-job");
    assert.deepEqual(
      platform.api.eventsOf(id).filter((event) => event !== "progress"),
      ["started", "playable", "ready"],
    );
    assert.deepEqual(await platform.storage.list("asset-1/"), [
      "hls/720p/00000.ts",
      "hls/720p/00001.ts",
      "hls/720p/00002.ts",
      "hls/720p/playlist.m3u8",
      "hls/master.m3u8",
      "poster.jpg",
      "preview.json",
      "preview.mp4",
    ]);
    const playlist = (await platform.storage.read("asset-1/hls/720p/playlist.m3u8")).toString();
    assert.match(playlist, /#EXT-X-ENDLIST\n$/);
    while ((await platform.valkey.xlen(stream.name)) > 0) await new Promise(setImmediate);
  });
});
