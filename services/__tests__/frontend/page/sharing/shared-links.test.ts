import assert from "node:assert/strict";
import { test } from "node:test";

import { readRoute } from "../../../../frontend/page/shell/read-route.ts";
import { sharedLinks } from "../../../../frontend/page/sharing/shared-links.ts";

const signed = `1795694400/A/${"a".repeat(64)}/asset-1`;

test("plays a shared film by the signature in the page's own address", () => {
  assert.deepEqual(sharedLinks("https://media.example.com", signed), {
    expires: 1_795_694_400,
    hls: `https://media.example.com/m/${signed}/hls/master.m3u8`,
    mp4: `https://media.example.com/m/${signed}/preview.mp4`,
  });
});

test("reads addresses: the library, an asset, a shared film, one that was cut, and nothing", () => {
  assert.deepEqual(readRoute("/"), { name: "library" });
  assert.deepEqual(readRoute("/assets/6a2b"), { name: "asset", id: "6a2b" });
  assert.deepEqual(readRoute(`/s/${signed}`), { name: "shared", signed });
  assert.deepEqual(readRoute(`/s/${signed.slice(0, 40)}`), { name: "shared", signed: "" });
  assert.deepEqual(readRoute("/elsewhere"), { name: "nothing" });
  assert.equal(sharedLinks("https://media.example.com", ""), undefined);
});
