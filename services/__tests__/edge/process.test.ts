import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, type IncomingMessage, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";

import { eventually } from "../support/eventually.ts";
import { askAt, edgeVariables, link } from "./support/edge.ts";
import { startEdgeProcess } from "./support/process.ts";
import { type PreviewStorage, startPreviewStorage } from "./support/storage.ts";
import { type TlsDoor, openTlsDoor } from "./support/tls.ts";

const film = randomBytes(30_000_000);
const segment = randomBytes(700_000);

let storage: PreviewStorage;
let door: TlsDoor;
let cachePath: string;
before(async () => {
  storage = await startPreviewStorage();
  await storage.put("asset-1/preview.mp4", film);
  await storage.put("asset-1/hls/00000.ts", segment);
  door = await openTlsDoor(storage.endpoint);
  cachePath = await mkdtemp(join(tmpdir(), "edge-process-"));
});
after(async () => {
  await door.close();
  await storage.close();
  await rm(cachePath, { recursive: true, force: true });
});

/** Reads an answer with pauses, so that all that is between storage and the viewer fills up. */
async function readSlowly(port: number, path: string): Promise<Buffer> {
  const [answer] = (await once(get({ port, path, agent: false }), "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of answer) {
    chunks.push(chunk as Buffer);
    if (chunks.length % 20 === 0) await delay(5);
  }
  return Buffer.concat(chunks);
}

const variables = () => edgeVariables(door.endpoint, cachePath);

test("storage over TLS is read whole, and a certificate of a stranger is refused", async () => {
  const edge = await startEdgeProcess({ ...variables(), NODE_EXTRA_CA_CERTS: door.authorityFile });
  const stranger = await startEdgeProcess(variables());
  const agent = new Agent();
  try {
    for (let time = 0; time < 2; time += 1) {
      const whole = await askAt(edge.port, link("preview.mp4"), agent);
      assert.ok(whole.body.equals(film));
      assert.ok((await askAt(edge.port, link("hls/00000.ts"), agent)).body.equals(segment));
    }
    const slow = await Promise.all([1, 2, 3].map(() => readSlowly(edge.port, link("preview.mp4"))));
    for (const body of slow)
      assert.ok(body.equals(film), "nothing is written over what is on its way");
    assert.equal((await askAt(stranger.port, link("preview.mp4"), agent)).status, 502);
    assert.equal((await askAt(stranger.port, "/health", agent)).status, 503);
  } finally {
    edge.process.kill("SIGKILL");
    stranger.process.kill("SIGKILL");
    await Promise.all([edge.ended, stranger.ended]);
  }
});

test("SIGTERM during a stream: it ends whole, nobody new is taken, and the process ends with it", async () => {
  const edge = await startEdgeProcess({ ...variables(), WASABI_ENDPOINT: storage.endpoint });
  const agent = new Agent({ keepAlive: true });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ port: edge.port, path: link("preview.mp4"), agent }, resolve).on("error", reject);
  });
  const idle = new Agent({ keepAlive: true });
  await askAt(edge.port, "/health", idle);

  edge.process.kill("SIGTERM");
  await eventually(() =>
    askAt(edge.port, "/health", new Agent()).then(
      () => false,
      () => true,
    ),
  );
  assert.equal(edge.process.exitCode, null, "it waits for the stream");
  assert.ok((await buffer(answer)).equals(film));
  assert.equal(await edge.ended, 0);
  await assert.rejects(askAt(edge.port, "/health", agent), "the next request goes elsewhere");
  agent.destroy();
  idle.destroy();
});

test("every line is JSON with the fields of the contract, and nothing is written beside them", async () => {
  const edge = await startEdgeProcess({ ...variables(), WASABI_ENDPOINT: storage.endpoint });
  await askAt(edge.port, link("hls/00000.ts"), new Agent());
  await askAt(edge.port, "/m/x", new Agent());
  edge.process.kill("SIGTERM");
  assert.equal(await edge.ended, 0);
  const { lines, errors } = edge.output();
  assert.equal(errors, "");
  for (const line of lines) {
    const { level, time, service, environment, release, msg } = JSON.parse(line) as Record<
      string,
      unknown
    >;
    assert.deepEqual([service, environment, release], ["edge", "test", "sha256:test"]);
    assert.equal(new Date(String(time)).toISOString(), time);
    assert.ok(level && msg);
  }
  assert.ok(lines.some((line) => line.includes('"route":"/m/*"')));
});

test("an environment that cannot be used ends it with 2 and names every variable", async () => {
  const edge = await startEdgeProcess({
    ...variables(),
    CACHE_MAX_BYTES: "much",
    CORS_ORIGINS: "",
  });
  assert.equal(await edge.ended, 2);
  assert.match(
    edge.output().errors,
    /CACHE_MAX_BYTES[^]*CORS_ORIGINS|CORS_ORIGINS[^]*CACHE_MAX_BYTES/,
  );
  const keyless = await startEdgeProcess({ ...variables(), EDGE_SIGNING_KEY_A: "" });
  assert.equal(await keyless.ended, 2);
  assert.match(keyless.output().errors, /EDGE_SIGNING_KEY_A/);
});
