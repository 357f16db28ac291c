import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ScenarioContext } from "../../harness/scenario.ts";
import { makeAdministrator } from "../../platform/administrator.ts";
import { makeFilms } from "../../platform/films.ts";
import type { PlatformParts } from "../../platform/parts.ts";
import type { Place } from "../../platform/people/editor.ts";
import type { Stage } from "./stage.ts";

/** Accounts for whoever tells the story, and for the three people of a crowd. */
async function makeAccounts({ cloud }: ScenarioContext): Promise<[Place, ...Place[]]> {
  const place = await makeAdministrator(cloud, "editor");
  const names = ["uploader", "viewer", "librarian"];
  const others = await Promise.all(names.map((name) => makeAdministrator(cloud, name)));
  return [place, ...others];
}

/** Sets what people need: films on their disks and an account. Says at the end what was asked of the platform. */
export async function onStage(
  context: ScenarioContext,
  { ffmpeg }: PlatformParts,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "mam-films-"));
  const totals = { sent: 0, refused: 0 };
  try {
    const { interruption } = context;
    context.tell("making films");
    const films = await makeFilms({ ffmpeg, directory, interruption });
    const [place, ...others] = await makeAccounts(context);
    const [uploader = place, viewer = place, librarian = place] = others;
    const places = { uploader, viewer, librarian };
    await play({ ...context, place, places, directory, films, totals });
    context.show([
      `People sent ${totals.sent} requests; ${totals.refused} valid ones were refused.`,
    ]);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
