import assert from "node:assert/strict";
import { afterEach, before, after, describe, test } from "node:test";

import { Card } from "../../worker/src/card/card.ts";
import { findCard } from "../../worker/src/card/find.ts";
import { eventually } from "../support/eventually.ts";
import { plainClip } from "./support/clips.ts";
import { ffmpeg, withEngines } from "./support/engines.ts";
import { type Platform, startPlatform } from "./support/platform.ts";
import { type Behaviour, type SimulatedCard, simulatedCard } from "./support/simulated-card.ts";

const cards: SimulatedCard[] = [];

afterEach(async () => {
  await Promise.all(cards.splice(0).map((card) => card.remove()));
});

async function aCard(behaviour: Behaviour): Promise<string> {
  const card = await simulatedCard(behaviour);
  cards.push(card);
  return card.program;
}

describe("what a machine can do", withEngines, () => {
  test("a card that encodes and decodes is found by trying it", async () => {
    const { encoder, decodes, scaler, reason } = await findCard(await aCard("works"));

    assert.deepEqual(
      { encoder, decodes, scaler, reason },
      { encoder: "nvenc", decodes: true, scaler: "scale_cuda", reason: undefined },
    );
  });

  test("a build whose ffmpeg has no filter for it scales on the CPU", async () => {
    const { encoder, decodes, scaler } = await findCard(await aCard("does not scale"));

    assert.deepEqual([encoder, decodes, scaler], ["nvenc", true, undefined]);
  });

  test("an encoder that is built in and has no card is not believed", async () => {
    const card = await findCard(ffmpeg);

    assert.equal(card.encoder, "cpu");
    assert.match(card.reason ?? "", /card does not encode: .*|no h264_nvenc/);
  });

  test("a build without the encoder says so", async () => {
    const card = await findCard(await aCard("is missing"));

    assert.deepEqual(
      [card.encoder, card.reason],
      ["cpu", "this build of ffmpeg has no h264_nvenc"],
    );
  });
});

describe("a card that fails", () => {
  test("is given up after three jobs in a row, and not after three with others between", () => {
    const card = Card.found({ decodes: true });
    for (let round = 0; round < 3; round += 1) {
      assert.equal(card.failed(new Error("no session")), true);
      card.worked();
    }
    assert.deepEqual([card.encoder, card.fellBack], ["nvenc", 3]);

    card.failed(new Error("no session"));
    card.failed(new Error("no session"));
    assert.equal(card.failed(new Error("no session")), false);

    assert.equal(card.encoder, "cpu");
    assert.equal(card.reason, "3 jobs in a row failed on the card: no session");
  });
});

describe("a card that fails at scaling", () => {
  test("scales no longer after three jobs in a row, and is given up after three more", () => {
    const card = Card.found({ decodes: true, scaler: "scale_cuda" });
    const failures = Array.from({ length: 5 }, () => card.failed(new Error("no frames")));

    assert.deepEqual(failures, [true, true, true, true, true]);
    assert.deepEqual([card.encoder, card.scaler, card.decodes], ["nvenc", undefined, true]);
    assert.equal(card.failed(new Error("no frames")), false);
    assert.equal(card.encoder, "cpu");
  });
});

describe("a worker with a card", withEngines, () => {
  let platform: Platform;

  before(async () => {
    platform = await startPlatform();
  });

  after(() => platform.close());

  const statusOf = async (key: string) =>
    JSON.parse((await platform.storage.read(key)).toString()) as Record<string, unknown>;

  const startWith = async (behaviour: Behaviour, key: string) =>
    platform.startWorker({
      FFMPEG_PATH: await aCard(behaviour),
      WORKER_STATUS_KEY: key,
      WORKER_SETTINGS: "0123456789abcdef",
    });

  test("makes a whole preview on it, and says so in its log and in storage", async () => {
    const worker = await startWith("works", "_workers/1.json");
    await platform.storage.putMaster("asset-card/clip.mp4", await plainClip(6));
    const id = await platform.enqueue("asset-card/clip.mp4");
    const ready = await platform.api.waitFor(id, "ready");

    const { duration, ...media } = ready.body.media as { duration: number };
    assert.ok(Math.abs(duration - 6) <= 1 / 25, `it lasts ${duration} s`);
    assert.deepEqual(media, { width: 320, height: 180, fps: 25, hasAudio: true });
    const said = worker.lines.find((line) => line.includes('"previews are encoded"'));
    assert.match(said ?? "", /"encoder":"nvenc"/);
    assert.ok(!worker.lines.some((line) => line.includes("failed on the card")));
    const { at, ...status } = await statusOf("_workers/1.json");
    assert.ok(Date.parse(String(at)) <= Date.now());
    assert.deepEqual(status, {
      version: 1,
      digest: "sha256:0123",
      settings: "0123456789abcdef",
      encoder: "nvenc",
      fellBack: 0,
    });
    await worker.end("SIGTERM");
  });

  test("makes on the CPU, in the same attempt, what fails on the card", async () => {
    const worker = await startWith("fails at films", "_workers/2.json");
    await platform.storage.putMaster("asset-cpu/clip.mp4", await plainClip(6));
    const id = await platform.enqueue("asset-cpu/clip.mp4");
    await platform.api.waitFor(id, "ready");

    const events = platform.api.eventsOf(id).filter((event) => event !== "progress");
    assert.deepEqual(events, ["started", "playable", "ready"]);
    const warning = worker.lines.find((line) => line.includes("failed on the card"));
    assert.match(warning ?? "", /out of memory/);
    await worker.end("SIGTERM");
  });

  test("scales on it what a CPU would scale alike, and says by what", async () => {
    const worker = await startWith("works", "_workers/4.json");
    await platform.storage.putMaster("asset-scaled/clip.mp4", await plainClip(3, "1600x900"));
    const id = await platform.enqueue("asset-scaled/clip.mp4");
    const ready = await platform.api.waitFor(id, "ready");

    const { width, height } = ready.body.media as { width: number; height: number };
    assert.deepEqual([width, height], [1280, 720]);
    const said = worker.lines.find((line) => line.includes('"previews are encoded"'));
    assert.match(said ?? "", /"scaler":"scale_cuda"/);
    assert.ok(!worker.lines.some((line) => line.includes("failed on the card")));
    await worker.end("SIGTERM");
  });

  test("makes on the CPU, in the same attempt, what fails at scaling", async () => {
    const worker = await startWith("fails at scaling", "_workers/5.json");
    await platform.storage.putMaster("asset-unscaled/clip.mp4", await plainClip(3, "1600x900"));
    const id = await platform.enqueue("asset-unscaled/clip.mp4");
    const ready = await platform.api.waitFor(id, "ready");

    assert.equal((ready.body.media as { height: number }).height, 720);
    const warning = worker.lines.find((line) => line.includes("failed on the card"));
    assert.match(warning ?? "", /Impossible to convert between the formats/);
    await worker.end("SIGTERM");
  });

  test("a worker without one says that, and why", async () => {
    const worker = await startWith("is missing", "_workers/3.json");
    await eventually(async () => (await platform.storage.list("_workers/")).includes("3.json"));

    const status = await statusOf("_workers/3.json");
    assert.deepEqual(
      [status.encoder, status.reason],
      ["cpu", "this build of ffmpeg has no h264_nvenc"],
    );
    await worker.end("SIGTERM");
  });
});
