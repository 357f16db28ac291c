import assert from "node:assert/strict";
import { test } from "node:test";

import { previewSize } from "../../worker/src/preview/sizing.ts";

const picture = { width: 1920, height: 1080, pixelAspect: 1, rotation: 0 } as Parameters<
  typeof previewSize
>[0];

test("a preview is never larger than its master, and both sides are even", () => {
  assert.deepEqual(previewSize({ ...picture, width: 853, height: 481 }), {
    width: 852,
    height: 480,
  });
});

test("a large picture becomes one of 720 lines, upright when a phone was", () => {
  assert.deepEqual(previewSize(picture), { width: 1280, height: 720 });
  assert.deepEqual(previewSize({ ...picture, rotation: 90 }), { width: 720, height: 1280 });
});
