import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { get } from "node:http";
import { after, before, test } from "node:test";

import { type Objective, serviceLevelsSchema } from "@mam-services/common/service-levels/verdict";

import { eventually } from "../support/eventually.ts";
import { type TestEdge, link, startEdge } from "./support/edge.ts";
import { type Relay, startRelay } from "./support/relay.ts";
import { type PreviewStorage, startPreviewStorage } from "./support/storage.ts";

let storage: PreviewStorage;
let relay: Relay;
before(async () => {
  storage = await startPreviewStorage();
  relay = await startRelay(storage.endpoint);
  await storage.put("asset-1/poster.jpg", randomBytes(1000));
  await storage.put("asset-1/preview.mp4", randomBytes(4_000_000));
});
after(async () => {
  await relay.close();
  await storage.close();
});

/** An edge whose API is away, for the length of a test. */
async function anEdge(changes: Readonly<Record<string, string>> = {}): Promise<TestEdge> {
  return startEdge(relay.endpoint, {
    SERVICE_LEVEL_LEAST_REQUESTS: "5",
    SERVICE_LEVELS_BASE: "http://127.0.0.1:9",
    ...changes,
  });
}

async function levels(edge: TestEdge) {
  const { status, body } = await edge.ask("/service-levels");
  const found = serviceLevelsSchema.parse(JSON.parse(body.toString()));
  const named = (name: string): Objective =>
    found.objectives.find((objective) => objective.name === name)!;
  return { code: status, ...found, rate: named("error-rate"), begin: named("first-byte") };
}

test("an edge that cannot reach the API says what it counted itself, and that is no miss", async () => {
  const edge = await anEdge();
  for (let index = 0; index < 6; index += 1)
    assert.equal((await edge.ask(link("poster.jpg"))).status, 200);
  await edge.ask("/health");
  await edge.ask(link("poster.jpg", 1));
  const found = await levels(edge);
  await edge.close();

  assert.deepEqual([found.code, found.instances, found.service], [200, "this one", "edge"]);
  assert.deepEqual([found.rate.count, found.rate.value], [7, 0]);
  assert.equal(found.begin.count, 6, "a refusal is no first byte");
  assert.ok((found.begin.value ?? 0) > 0);
  const lines = edge.lines().filter(({ msg }) => msg === "counts not sent");
  assert.equal(lines.length, 1);
});

test("storage that is away and streams that break off are failures, and told with 503", async () => {
  const edge = await anEdge();
  for (let index = 0; index < 5; index += 1) await edge.ask(link("poster.jpg"));
  relay.breakAfter(1_000_000);
  let broken = 0;
  for (let index = 0; index < 2; index += 1)
    get({ port: edge.port, path: link("preview.mp4"), agent: false }, (answer) => {
      answer.on("error", () => (broken += 1)).resume();
    }).on("error", () => (broken += 1));
  await eventually(() => broken === 2);
  relay.breakAfter(undefined);
  storage.cloud.faults.add({ platform: "wasabi", kind: "down" });
  assert.equal((await edge.ask(link("other.jpg"))).status, 502);
  storage.cloud.faults.clear();
  const found = await levels(edge);
  await edge.close();

  assert.deepEqual([found.code, found.status], [503, "missed"]);
  assert.deepEqual([found.rate.count, found.rate.value, found.rate.threshold], [8, 37.5, 1]);
  assert.ok(found.rate.since);
});

test("a viewer who leaves is no failure", async () => {
  const edge = await anEdge();
  relay.stallAfter(1_000_000);
  let bytes = 0;
  const asked = get({ port: edge.port, path: link("preview.mp4"), agent: false }, (answer) => {
    answer.on("data", (chunk: Buffer) => (bytes += chunk.length)).on("error", () => undefined);
  });
  await eventually(() => bytes > 0);
  asked.destroy();
  await eventually(() => relay.open() <= 1);
  relay.stallAfter(undefined);
  const found = await levels(edge);
  await edge.close();

  assert.equal(found.rate.met, true);
  assert.ok([0, null].includes(found.rate.value));
});

test("playback that begins late is missed by its first byte, however many errors there are not", async () => {
  const edge = await anEdge({ SERVICE_LEVEL_FIRST_BYTE_MS: "0" });
  for (let index = 0; index < 5; index += 1) await edge.ask(link("poster.jpg"));
  const found = await levels(edge);
  await edge.close();

  assert.deepEqual([found.code, found.rate.met, found.begin.met], [503, true, false]);
});
