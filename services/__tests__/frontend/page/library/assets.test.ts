import assert from "node:assert/strict";
import { test } from "node:test";

import type { Asset } from "../../../../frontend/page/api/contract.ts";
import { isPlayable, merged, statusWords } from "../../../../frontend/page/library/assets.ts";

const now = 1_795_694_400;
const posterOf = (expires: number) =>
  `https://media.example.com/m/${expires}/A/${"0".repeat(64)}/asset-1/poster.jpg`;

const anAsset = (changes: Partial<Asset> = {}): Asset => ({
  id: "asset-1",
  fileName: "film.mov",
  size: 100,
  status: "ready",
  playable: true,
  createdAt: "2026-11-28T12:00:00.000Z",
  ...changes,
});

test("keeps the link to a poster while it is good: another one would load the picture again", () => {
  const older = anAsset({ poster: posterOf(now + 600) });
  const newer = anAsset({ poster: posterOf(now + 900), size: 200 });

  const [asset] = merged([older], [newer], now);

  assert.equal(asset?.poster, older.poster);
  assert.equal(asset?.size, 200);
});

test("takes the newer link to a poster when the older one ends soon, or is the first", () => {
  const newer = anAsset({ poster: posterOf(now + 900) });

  assert.equal(
    merged([anAsset({ poster: posterOf(now + 60) })], [newer], now)[0]?.poster,
    newer.poster,
  );
  assert.equal(merged([anAsset()], [newer], now)[0]?.poster, newer.poster);
});

test("shows the newest asset first, each once, in its newer state", () => {
  const assets = merged(
    [
      anAsset({ status: "processing" }),
      anAsset({ id: "old", createdAt: "2026-11-01T12:00:00.000Z" }),
    ],
    [anAsset(), anAsset({ id: "new", createdAt: "2026-11-29T12:00:00.000Z" })],
    now,
  );

  assert.deepEqual(
    assets.map(({ id, status }) => [id, status]),
    [
      ["new", "ready"],
      ["asset-1", "ready"],
      ["old", "ready"],
    ],
  );
});

test("plays what has its first seconds, though the rest is still being made", () => {
  assert.ok(isPlayable(anAsset({ status: "processing" })));
  assert.ok(!isPlayable(anAsset({ status: "processing", playable: false })));
  assert.ok(!isPlayable(anAsset({ status: "failed" })));
});

test("says how far the copy and the preview are", () => {
  const words = (changes: Partial<Asset>) => statusWords(anAsset({ playable: false, ...changes }));

  assert.equal(words({ status: "promoting", progress: 40 }), "Moving to the archive, 40 %");
  assert.equal(words({ status: "processing", progress: 41.7 }), "Making the preview, 42 %");
  assert.equal(
    words({ status: "processing", progress: 50, playable: true }),
    "Playable, still being made, 50 %",
  );
  assert.equal(words({ status: "processing" }), "Making the preview");
  assert.equal(words({ status: "ready" }), undefined);
});
