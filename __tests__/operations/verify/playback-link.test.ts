import { readFileSync } from "node:fs";

import { linkAddress, signLink } from "../../../operations/verify/playback-link.ts";

const link = {
  mediaHost: "media.northlight.example",
  slot: "A",
  expires: new Date("2026-11-26T12:00:00Z"),
  asset: "asset-1",
  rest: "hls/master.m3u8",
} as const;

test("a link is the one that docs/links.md shows", () => {
  const address = linkAddress({ ...link, signature: signLink(link, "a".repeat(64)) });
  const [example] = /\/m\/1795694400\/\S+/.exec(readFileSync("docs/links.md", "utf8"))!;

  expect(address).toBe(`https://media.northlight.example${example}`);
});
