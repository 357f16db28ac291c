import assert from "node:assert/strict";
import { test } from "node:test";

import { withFiles } from "../../bench/worker/bare.ts";
import { encodeArguments } from "../../worker/src/preview/encoding.ts";
import type { Film } from "../../worker/src/preview/film.ts";

const film: Film = {
  container: "mov",
  duration: 60,
  picture: {
    index: 0,
    codec: "h264",
    pixelFormat: "yuv420p",
    width: 1920,
    height: 1080,
    pixelAspect: 1,
    rotation: 0,
    fps: 25,
    fieldOrder: "progressive",
    range: "tv",
    space: "bt709",
    primaries: "bt709",
    transfer: "bt709",
  },
  sound: 1,
};

test("ffmpeg alone gets the worker's arguments, but for what only HTTP has", () => {
  const places = { master: "/film.mp4", output: "/out", segmentSeconds: 4 };
  const ours = encodeArguments({ film, ...places });
  const bare = withFiles(ours);

  const differs = (one: readonly string[], other: readonly string[]) =>
    one.filter((arg) => !other.includes(arg));
  assert.deepEqual(new Set(differs(ours, bare)), new Set(["-method", "PUT", "http,tcp"]));
  assert.deepEqual(differs(bare, ours), ["file"]);
  assert.equal(bare[bare.indexOf("-protocol_whitelist") + 1], "file");
  assert.equal(ours.length - bare.length, 4);
});
