import assert from "node:assert/strict";
import { test } from "node:test";

import { PlaybackLinks } from "../../../../frontend/page/player/links.ts";

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const linksUntil = (expires: number) => {
  const base = `https://media.example.com/m/${expires}/A/${"0".repeat(64)}/asset-1`;
  return {
    hls: `${base}/hls/master.m3u8`,
    mp4: `${base}/preview.mp4`,
    poster: `${base}/poster.jpg`,
  };
};

test("keeps a link that is good, and renews it once, for all who ask, before it ends", async () => {
  let renewals = 0;
  const renew = () => {
    renewals += 1;
    return Promise.resolve(linksUntil(inSeconds(600)));
  };

  await new PlaybackLinks(linksUntil(inSeconds(300)), renew).good();
  assert.equal(renewals, 0);

  const ending = new PlaybackLinks(linksUntil(inSeconds(30)), renew);
  await Promise.all([ending.good(), ending.good(), ending.good()]);
  assert.equal(renewals, 1);
  assert.ok(ending.link.expires > inSeconds(500));
});

test("renews a link that the edge refused, whatever the clock says", async () => {
  const links = new PlaybackLinks(linksUntil(inSeconds(300)), () =>
    Promise.resolve(linksUntil(inSeconds(900))),
  );

  links.refused();

  assert.match((await links.good()).hls, new RegExp(String(links.link.expires)));
  assert.ok(links.link.expires > inSeconds(800));
});

test("goes on with the old link when no new one is to be had, and asks again", async () => {
  const answers = [Promise.reject(new Error("away")), Promise.resolve(linksUntil(inSeconds(900)))];
  const expires = inSeconds(30);
  const links = new PlaybackLinks(linksUntil(expires), () => answers.shift()!);

  assert.deepEqual(await links.good(), linksUntil(expires));
  assert.equal(links.link.expires, expires);
  await links.good();
  assert.ok(links.link.expires > inSeconds(800));
});

test("has nothing to renew on a shared page", async () => {
  const links = new PlaybackLinks(linksUntil(inSeconds(-5)));

  assert.equal(links.isRenewable, false);
  assert.deepEqual(await links.good(), linksUntil(links.link.expires));
});
