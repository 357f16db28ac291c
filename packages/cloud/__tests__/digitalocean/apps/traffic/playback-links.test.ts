import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

import { verdictOf } from "../../../../src/digitalocean/apps/traffic/playback-links.ts";
import {
  anAccount,
  anApp,
  api,
  aSpec,
  digest,
  textAt,
  workingImage,
  closeAccounts,
} from "../../support.ts";

afterEach(closeAccounts);

const now = new Date("2026-11-24T12:00:00Z");
const seconds = now.getTime() / 1000;
const environment = new Map([
  ["EDGE_SIGNING_KEY_A", "a".repeat(64)],
  ["EDGE_SIGNING_KEY_B", "b".repeat(64)],
  ["CLOCK_SKEW_SECONDS", "60"],
]);

const signature = (signed: string, key: string) =>
  createHmac("sha256", key).update(signed).digest("hex");
const link = ({
  slot = "A",
  prefix = "asset-1",
  rest = "hls/master.m3u8",
  expiry = seconds,
} = {}) =>
  `/m/${expiry}/${slot}/${signature(`/m/${expiry}/${slot}/${prefix}/`, slot.toLowerCase().repeat(64))}/${prefix}/${rest}`;
const variable = (name: string) => environment.get(name);
const verdict = (path: string) => verdictOf(path, variable, now);

test("the example of docs/links.md is what an edge accepts", () => {
  const page = readFileSync("docs/links.md", "utf8");
  const [path = ""] = /^\/m\/1795694400.*$/m.exec(page) ?? [];

  expect(verdictOf(path, variable, new Date(1_795_694_400_000))).toEqual({ status: 200 });
  expect(path).toBe(link({ expiry: 1_795_694_400 }));
});

test("a link of either slot is accepted, for everything below its prefix", () => {
  expect(verdict(link())).toEqual({ status: 200 });
  expect(verdict(link({ slot: "B" }))).toEqual({ status: 200 });
  expect(verdict(link({ rest: "hls/720p/segment-00001.ts" }))).toEqual({ status: 200 });
});

test.each([
  ["another signature", link().replace(/\/[0-9a-f]{64}\//, `/${"0".repeat(64)}/`), /signature/],
  ["another prefix", link().replace("/asset-1/", "/asset-2/"), /signature/],
  ["a later expiry", link().replace(`/${seconds}/`, `/${seconds + 1}/`), /signature/],
  ["the other slot", link().replace("/A/", "/B/"), /signature/],
  ["a slot that does not exist", link().replace("/A/", "/C/"), /shape/],
  ["a signature that is cut", link().replace(/[0-9a-f]\/asset/, "/asset"), /shape/],
  ["a signature in capitals", link().replace(/[0-9a-f]{64}/, (hex) => hex.toUpperCase()), /shape/],
  ["nothing below the prefix", link({ rest: "" }), /shape/],
  ["an expiry past the tolerance", link({ expiry: seconds - 61 }), /expired/],
  ["a path that climbs", link({ rest: "../asset-2/master.m3u8" }), /leads out/],
  ["a path that climbs in disguise", link({ rest: "%2E%2e/asset-2/master.m3u8" }), /leads out/],
  ["a hidden separator", link({ rest: "hls%2F..%2F..%2Fasset-2" }), /leads out/],
  ["an empty segment", link({ rest: "hls//master.m3u8" }), /leads out/],
])("%s is refused", (_, path, reason) => {
  expect(verdict(path)).toEqual({ status: 403, reason: expect.stringMatching(reason) });
});

test("an expiry within the tolerance is accepted", () => {
  expect(verdict(link({ expiry: seconds - 60 }))).toEqual({ status: 200 });
});

test("a slot without a key accepts nothing", () => {
  const onlyA = (name: string) => (name === "EDGE_SIGNING_KEY_B" ? undefined : variable(name));
  expect(verdictOf(link({ slot: "B" }), onlyA, now)).toMatchObject({ reason: "slot B has no key" });
});

test("an edge that runs verifies with its own decrypted key, and serves nothing but links and its health", async () => {
  const account = await anAccount({
    registry: { edge: { [digest("1")]: { ...workingImage, verifiesLinks: true } } },
  });
  const edge = {
    ...api,
    name: "edge",
    image: { ...api.image, repository: "edge" },
    envs: [{ key: "EDGE_SIGNING_KEY_A", value: "a".repeat(64), type: "SECRET" }],
  };
  const ingress = {
    rules: [
      { match: { path: { prefix: "/" } }, component: { name: "edge", preserve_path_prefix: true } },
    ],
  };
  const { path } = await anApp(account, aSpec({ services: [edge], ingress }));
  const host = new URL(textAt(await account.get(path), "app.default_ingress")).host;
  const ask = (target: string) =>
    account.cloud.answersTo({ host, path: target, at: account.clock.now() })[0];
  const expiry = Math.floor(Date.now() / 1000) + 60;

  expect(ask(link({ expiry }))).toMatchObject({ status: 200, outcome: "served" });
  expect(ask(link({ expiry, slot: "B" }))).toMatchObject({ status: 403, outcome: "denied" });
  expect(ask("/health")).toMatchObject({ status: 200 });
  expect(ask("/service-levels")).toMatchObject({ status: 200 });
  expect(ask("/")).toMatchObject({ status: 404, outcome: "denied" });
});
