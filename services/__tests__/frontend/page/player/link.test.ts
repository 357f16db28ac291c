import assert from "node:assert/strict";
import { test } from "node:test";

import { readLink, underLink } from "../../../../frontend/page/player/link.ts";

const base = (expires: number, slot = "A") =>
  `https://media.example.com/m/${expires}/${slot}/${"0".repeat(64)}/asset-1`;

test("reads from a link how long it lasts", () => {
  assert.deepEqual(readLink(`${base(1_795_694_400)}/hls/master.m3u8`), {
    base: base(1_795_694_400),
    expires: 1_795_694_400,
  });
  assert.equal(readLink("https://media.example.com/poster.jpg"), undefined);
});

test("asks for the same object under a newer link, whatever slot signed it", () => {
  const newer = { base: base(1_795_695_000, "B"), expires: 1_795_695_000 };

  assert.equal(
    underLink(`${base(1_795_694_400)}/hls/720p/00007.ts`, newer),
    `${newer.base}/hls/720p/00007.ts`,
  );
});

test("leaves an address alone that is no link", () => {
  assert.equal(
    underLink("blob:https://mam.example.com/1", { base: base(1), expires: 1 }),
    "blob:https://mam.example.com/1",
  );
});
