import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { signPrefix, verifyLink } from "@mam-services/common/links";

import { verdictOf } from "../../../packages/cloud/src/digitalocean/apps/traffic/playback-links.ts";
import { pathsOfThePage } from "../../conformance/src/tools/links-page.ts";

const keys = { A: "a".repeat(64), B: "" };
const now = new Date("2026-11-24T12:00:00Z");
const expires = now.getTime() / 1000 + 600;
const signed = `/m/${signPrefix(keys, "A", "asset-1", expires)}`;
const environment = new Map([["EDGE_SIGNING_KEY_A", keys.A]]);

const paths = pathsOfThePage(readFileSync("../docs/links.md", "utf8"));

test("the page has paths of both kinds", () => {
  assert.ok(paths.some(({ served }) => served));
  assert.ok(paths.filter(({ served }) => !served).length > 10);
});

for (const { rest, served } of paths) {
  test(`the services and the rehearsal's edge ${served ? "serve" : "refuse"} ${rest}, as the page says`, () => {
    const path = `${signed}/${rest}`;
    assert.equal(typeof verifyLink(path, keys, now.getTime() / 1000, 0) === "object", served);
    assert.equal(verdictOf(path, (name) => environment.get(name), now).status, served ? 200 : 403);
  });
}
