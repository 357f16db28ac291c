import { succeeded } from "../../harness/commands.ts";
import { holdThatRuns } from "../mam/images.ts";
import { meanwhile } from "./meanwhile.ts";
import type { Stage } from "./stage.ts";
import type { Tool } from "./tools.ts";

/** A release, and one that never gets healthy, while people work. */
export async function releasesWhilePeopleWork(
  stage: Stage,
  tool: Tool,
  watched: string,
): Promise<void> {
  const { releases, expect } = stage;
  const next = releases.push();
  const released = await meanwhile(stage, "a release", watched, () => tool.release(stage, next));
  expect(`${tool.name} ends well`, succeeded(released));
  await holdThatRuns(stage, next, "the new release");

  const bad = releases.push({ api: { healthy: false } });
  const failed = await meanwhile(stage, "a release that fails", watched, () =>
    tool.release(stage, bad),
  );
  expect(`${tool.name} says that it failed`, failed.exitCode !== 0);
  const again = await meanwhile(stage, "going back", watched, () => tool.release(stage, next));
  expect(`${tool.name} of the last good images ends well`, succeeded(again));
  await holdThatRuns(stage, next, "the last good release");
}
