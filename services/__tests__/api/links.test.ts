import assert from "node:assert/strict";
import { test } from "node:test";

import { verifyLink } from "@mam-services/common/links";

import { createLinks } from "../../api/src/links.ts";

const keys = { A: "a".repeat(64), B: "b".repeat(64) };
const lifetimeSeconds = 600;
const linksOf = (active: "A" | "B") =>
  createLinks({
    key: { keys, active },
    mediaBase: "https://media.example",
    appBase: "https://mam.example",
    lifetimeSeconds,
  });
const now = new Date("2026-11-28T12:00:00.500Z");
const seconds = Math.floor(now.getTime() / 1000);
const asset = "6a2b7c1e-93d4-4d0e-8f0b-1d7f3a5e9b22";
const verdict = (url: string, at: number) => verifyLink(new URL(url).pathname, keys, at, 0);

test("the edge takes every link of a playback until its end, and not after it", () => {
  const { base, hls, mp4, poster, expiresAt } = linksOf("B").playback(asset, now);

  for (const url of [hls, mp4, poster]) {
    assert.ok(url.startsWith(`${base}/`));
    assert.equal(typeof verdict(url, seconds + lifetimeSeconds), "object");
    assert.equal(verdict(url, seconds + lifetimeSeconds + 1), "expired");
  }
  assert.match(hls, /\/B\/[0-9a-f]{64}\/6a2b7c1e-[^/]+\/hls\/master\.m3u8$/);
  assert.equal(expiresAt, "2026-11-28T12:10:00.000Z");
});

test("the page of a share has what it needs to play in its address", () => {
  const { url, expiresAt } = linksOf("A").share(asset, now);
  const { origin, pathname } = new URL(url);

  assert.equal(origin, "https://mam.example");
  assert.equal(expiresAt, "2026-11-28T12:10:00.000Z");
  const media = `${pathname.replace("/s/", "/m/")}/hls/master.m3u8`;
  assert.deepEqual(verifyLink(media, keys, seconds, 0), {
    prefix: asset,
    key: `${asset}/hls/master.m3u8`,
    expires: seconds + lifetimeSeconds,
  });
});

test("a poster keeps its address for a while, so that a list does not load every picture again", () => {
  const links = linksOf("A");
  const at = (offset: number) => links.poster(asset, new Date(now.getTime() + offset * 1000));
  const addresses = new Set(Array.from({ length: 600 }, (_, offset) => at(offset)));

  assert.ok(addresses.size <= 5, `${addresses.size} addresses in ten minutes`);
  for (const offset of [0, 149, 150, 599]) {
    const lives = seconds + offset + (lifetimeSeconds * 3) / 4;
    assert.equal(typeof verdict(at(offset), lives), "object");
  }
});
