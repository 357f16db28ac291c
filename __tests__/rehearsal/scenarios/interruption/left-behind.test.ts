import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PutObjectCommand } from "@aws-sdk/client-s3";

import { recordEntry } from "../../../../operations/ledger/ledger.ts";
import { ledgerOf } from "../../../../operations/ledger/place.ts";
import { leftBehind } from "../../../../rehearsal/scenarios/interruption/left-behind.ts";
import { entryOf } from "../../../operations/ledger/entries.ts";
import { type TestPlatform, openPlatform } from "../../../support/platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(async () => {
  await platform.end();
});

const left = () => leftBehind(platform.cloud, platform.context.releases);

test("nothing is left where nothing was done", () => {
  expect(left()).toEqual([]);
});

test("what stands and is in no state is said, and what stands twice", () => {
  const { vpcs } = platform.cloud.digitalOcean.store;
  const vpc = { ...vpcs[0]!, name: "mam-staging", default: false };
  const [one, other] = [
    { ...vpc, id: "one" },
    { ...vpc, id: "other" },
  ];
  vpcs.push(one, other);
  const found = left();
  vpcs.splice(vpcs.indexOf(one), 2);

  expect(found).toEqual([
    "VPC mam-staging (one) is in no state",
    "VPC mam-staging (other) is in no state",
    "VPC mam-staging stands twice",
  ]);
});

test("a file that is half-written is said, and what a write left over", () => {
  const { releases } = platform.workspace;
  const [sealed, beside] = ["staging.sealed.json", "staging.release.json.1.new"];
  writeFileSync(join(releases, sealed), '{ "app": ');
  writeFileSync(join(releases, beside), "");
  const found = left();
  for (const name of [sealed, beside]) rmSync(join(releases, name));

  expect(found[0]).toBe("staging.release.json.1.new is left over");
  expect(found[1]).toContain("staging.sealed.json");
});

test("a lock, an entry that is not completed and one that is lost are said", async () => {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const put = async (Key: string, Body: string) =>
    session.clients.spaces().send(new PutObjectCommand({ Bucket, Key, Body }));
  await put("staging-app.tfstate.tflock", "{}");
  await recordEntry(ledgerOf(session), entryOf("lost"));
  const running = entryOf("one", { result: "running" });
  await put("staging.ledger.json", JSON.stringify({ version: 1, releases: [running] }));

  expect(left()).toEqual([
    "lock staging-app.tfstate.tflock is left",
    "release lost is lost",
    "release one is still running in the ledger",
  ]);
});
