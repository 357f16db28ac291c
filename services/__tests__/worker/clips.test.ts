import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { judge } from "../../worker/clips/judge.ts";
import { previewClip } from "../../worker/clips/previews.ts";
import { clips } from "../../worker/clips/table.ts";
import { ffmpeg, withEngines } from "./support/engines.ts";
import { type WorkerStorage, startStorage } from "./support/storage.ts";

describe("what users bring becomes a preview, or is refused in words", withEngines, () => {
  let storage: WorkerStorage;
  let directory: string;

  before(async () => {
    storage = await startStorage();
    directory = await mkdtemp(join(tmpdir(), "clips-"));
  });

  after(async () => {
    await storage.close();
    await rm(directory, { recursive: true });
  });

  for (const clip of clips) {
    test(clip.what, async () => {
      const result = await previewClip(clip, storage, { ffmpeg, directory });

      assert.deepEqual((await judge(ffmpeg, result)).deviations, []);
    });
  }
});
