import type { Scenario, ScenarioContext } from "../harness/scenario.ts";
import type { PlatformParts } from "../platform/parts.ts";
import { onStage } from "./media/on-stage.ts";
import { firstFilm } from "./media/first-film.ts";
import { releasesWhilePeopleWork } from "./media/releases.ts";
import { rotationsWhilePeopleWork } from "./media/rotations.ts";
import { wayInBrowser } from "./media/in-browser.ts";
import type { Stage } from "./media/stage.ts";
import { type Tool, cdktf, mam } from "./media/tools.ts";
import { killedWorker } from "./media/killed-worker.ts";
import { onRealPlatform } from "./real-platform.ts";

/** Media from upload to playback with the customer's own commands. */
export const media: Scenario = {
  name: "media",
  title: "films from upload to playback, while releases go out, and a person's way in a browser",
  after: [],
  onDemand: true,
  play: (context) => playMedia(context, cdktf, wayInBrowser),
};

/** The same with `mam`, and every key rotated meanwhile. */
export const mamMedia: Scenario = {
  name: "mam-media",
  title: "films from upload to playback, while releases go out and keys are rotated",
  after: [],
  onDemand: true,
  play: (context) =>
    playMedia(context, mam, (stage, _parts, watched) => rotationsWhilePeopleWork(stage, watched)),
};

async function playMedia(
  context: ScenarioContext,
  tool: Tool,
  also: (stage: Stage, parts: PlatformParts, watched: string) => Promise<void>,
): Promise<void> {
  await onRealPlatform(
    context,
    (fresh, parts) =>
      onStage(fresh, parts, async (set) => {
        const watched = await firstFilm(set);
        await killedWorker(set);
        await releasesWhilePeopleWork(set, tool, watched);
        await also(set, parts, watched);
      }),
    { tool },
  );
}
