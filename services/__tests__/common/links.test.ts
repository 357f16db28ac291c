import assert from "node:assert/strict";
import { test } from "node:test";

import { signPrefix, verifyLink } from "@mam-services/common/links";

const keys = { A: "a".repeat(64), B: "" };
const expires = 1_795_694_400;
const signed = `/m/${signPrefix(keys, "A", "asset-1", expires)}`;
const verdict = (path: string, now = expires - 60) => verifyLink(path, keys, now, 30);

test("signs the example of docs/links.md", () => {
  assert.equal(
    `${signed}/hls/master.m3u8`,
    "/m/1795694400/A/9a57425b126751c36a41b55007073aa57412ef7c9cad205a35766181a78d25a7/asset-1/hls/master.m3u8",
  );
});

test("a valid link leads to the object below its prefix", () => {
  assert.deepEqual(verdict(`${signed}/hls/master.m3u8`), {
    prefix: "asset-1",
    key: "asset-1/hls/master.m3u8",
    expires,
  });
});

test("an expired link counts as long as clocks may differ, and no longer", () => {
  assert.equal(typeof verdict(`${signed}/a`, expires + 30), "object");
  assert.equal(verdict(`${signed}/a`, expires + 31), "expired");
});

for (const [rest, why] of Object.entries({
  "../asset-2/a": "path",
  "%2e%2e/asset-2/a": "path",
  "%2E./a": "path",
  "a//b": "path",
  "a%2fb": "path",
  "a%5Cb": "path",
  "a\\b": "path",
  "a/.": "path",
})) {
  test(`refuses ${rest}`, () => {
    assert.equal(verdict(`${signed}/${rest}`), why);
  });
}

test("refuses another prefix under the same signature, a slot without a key, and another shape", () => {
  assert.equal(verdict(`${signed.replace("asset-1", "asset-2")}/a`), "signature");
  assert.equal(verdict(`${signed.replace("/A/", "/B/")}/a`), "slot");
  assert.equal(verdict(`/m/1/A/00/asset-1/a`), "shape");
});
