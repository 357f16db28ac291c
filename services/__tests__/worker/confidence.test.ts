import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { eventually } from "../support/eventually.ts";
import { plainClip } from "./support/clips.ts";
import { withEngines } from "./support/engines.ts";
import { type Platform, startPlatform } from "./support/platform.ts";
import { type ProcessOf, canLookIntoProcesses, childrenOf } from "./support/processes.ts";
import { type SlowFfmpeg, slowFfmpeg } from "./support/slow-ffmpeg.ts";

describe("a worker at work", withEngines, () => {
  let platform: Platform;
  let slow: SlowFfmpeg;
  let scratch: string;
  const secrets = () => {
    const { accessKeyId, secretAccessKey } = platform.storage.platform.keys.transcoder;
    return [accessKeyId, secretAccessKey, "token-of-the-job", "X-Amz", "rediss://"];
  };

  before(async () => {
    [platform, slow] = await Promise.all([startPlatform(), slowFfmpeg()]);
    scratch = await mkdtemp(join(tmpdir(), "worker-scratch-"));
    await platform.storage.putMaster("asset/clip.mp4", await plainClip(10));
    await platform.storage.putMaster("broken/clip.mp4", Buffer.from("no film"));
  });

  after(async () => {
    await platform.close();
    await slow.remove();
    await rm(scratch, { recursive: true });
  });

  test("tells no secret to ffmpeg, stores nothing, and writes lines as docs/logs.md has them", async (t) => {
    const worker = await platform.startWorker({ FFMPEG_PATH: slow.program, TMPDIR: scratch });
    // What runs TypeScript keeps a cache there.
    const atStart = await readdir(scratch);
    const id = await platform.enqueue("asset/clip.mp4");
    await platform.api.waitFor(id, "playable");

    const children: ProcessOf[] = canLookIntoProcesses ? await childrenOf(worker.process.pid!) : [];
    const encoders = children.filter(({ command }) => command.includes("libx264"));
    const stored = await readdir(scratch);
    await platform.api.waitFor(id, "ready");
    const refused = await platform.enqueue("broken/clip.mp4");
    await platform.api.waitFor(refused, "refused");
    await eventually(() => worker.lines.some((line) => line.includes("file refused")));

    if (canLookIntoProcesses) assert.equal(encoders.length, 1);
    else
      t.diagnostic("processes cannot be looked into here: what ffmpeg is told was not looked at");
    for (const secret of secrets()) {
      for (const { command, environment } of encoders)
        assert.ok(!`${command}\n${environment}`.includes(secret), `ffmpeg knows ${secret}`);
      assert.ok(!worker.lines.join("\n").includes(secret), `a line has ${secret}`);
    }
    assert.deepEqual(stored, atStart);
    const lines = worker.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of lines)
      for (const field of ["time", "level", "service", "environment", "release", "msg"])
        assert.equal(typeof line[field], "string", `${field} of ${JSON.stringify(line)}`);
    assert.ok(lines.some(({ jobId, assetId }) => jobId === id && assetId === "asset"));
    // Neither the exchange's random path nor an address of storage.
    assert.doesNotMatch(worker.lines.join("\n"), /[0-9a-f]{32}|https?:\/\/[^\s"]+\//);
  });

  test("answers its health check with what it knows of itself", async () => {
    const worker = await platform.startWorker();

    const response = await fetch(`http://127.0.0.1:${worker.healthPort}/health`);

    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), {
      status: "ok",
      service: "worker",
      release: "sha256:0123",
      checks: { valkey: "ok", jobs: "ok" },
    });
  });
});

test("a worker without ffmpeg does not start, and says what to do", withEngines, async () => {
  const platform = await startPlatform();
  try {
    await assert.rejects(
      platform.startWorker({ FFMPEG_PATH: "/nowhere/ffmpeg" }),
      /ended with 2[^]*install it, or name it in FFMPEG_PATH/,
    );
  } finally {
    await platform.close();
  }
});
