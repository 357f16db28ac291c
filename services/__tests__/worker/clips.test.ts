import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { type FilmPlayer, startFilmPlayer } from "../../frontend/walk/playing/player.ts";
import { playPreview } from "../../worker/clips/browser.ts";
import { type Judgement, judge } from "../../worker/clips/judge.ts";
import { previewClip } from "../../worker/clips/previews.ts";
import { clips } from "../../worker/clips/table.ts";
import { engines, skipWithout } from "../../local/engines.ts";
import { ffmpeg, withEngines } from "./support/engines.ts";
import { type SimulatedCard, simulatedCard } from "./support/simulated-card.ts";
import { type WorkerStorage, startStorage } from "./support/storage.ts";

const skip = skipWithout("valkey", "ffmpeg", "chromium");

describe("what users bring becomes a preview, or is refused in words", withEngines, () => {
  const judgements: Judgement[] = [];
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
      const judgement = await judge(
        ffmpeg,
        await previewClip(clip, storage, { ffmpeg, directory }),
      );
      judgements.push(judgement);

      assert.deepEqual(judgement.deviations, []);
    });
  }

  describe("and with a simulated card, which is strict about what it is given", () => {
    let card: SimulatedCard;

    before(async () => {
      card = await simulatedCard("works");
    });

    after(() => card.remove());

    for (const clip of clips) {
      test(clip.what, async () => {
        const use = { decodes: true, scaler: "scale_cuda" } as const;
        const making = { ffmpeg, directory: join(directory, "card"), card: { ...card, use } };
        const { deviations } = await judge(ffmpeg, await previewClip(clip, storage, making));

        assert.deepEqual(deviations, []);
      });
    }
  });

  describe("and a browser plays it to its end, as an MP4 and as HLS", { skip }, () => {
    let player: FilmPlayer;

    before(async () => {
      player = await startFilmPlayer(engines.found.chromium?.program ?? "", directory);
    });

    after(() => player.close());

    for (const { name, what, outcome } of clips)
      if (outcome.accepted)
        test(what, async () => {
          const judgement = judgements.find(({ result }) => result.clip.name === name);
          assert.ok(judgement?.measured, "there is no preview");

          const played = await playPreview(player, judgement);

          assert.deepEqual(played?.deviations, []);
        });
  });

  test("the page of clips has every one", async () => {
    const page = await readFile(new URL("../../../docs/clips.md", import.meta.url), "utf8");

    assert.deepEqual(
      clips.filter(({ what }) => !page.includes(`| ${what} `)),
      [],
    );
  });
});
