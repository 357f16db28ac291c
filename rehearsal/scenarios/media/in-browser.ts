import { join } from "node:path";

import { walk } from "../../platform/people/walk.ts";
import type { PlatformParts } from "../../platform/parts.ts";
import { installServices } from "../../platform/services.ts";
import { expiredPath } from "./shares.ts";
import type { Stage } from "./stage.ts";

/**
 * A person's way in Chromium: signs in, uploads through trouble, watches, shares, and signs out. Each of the walk's own
 * statements is one of the scenario. Without Chromium the scenario goes on, and says that this was not run.
 *
 * @param watched an asset to which a share link has expired.
 */
export async function wayInBrowser(
  stage: Stage,
  { chromium }: Pick<PlatformParts, "chromium">,
  watched: string,
): Promise<void> {
  const { directory, films, place, interruption, tell, expect, show } = stage;
  if ("lacking" in chromium) {
    show([`A person's way in a browser was not run. ${chromium.lacking}`]);
    return;
  }
  const project = process.cwd();
  await installServices(project, { tell, interruption });
  tell("a person's way in Chromium");
  const begun = performance.now();
  await walk(
    {
      services: join(project, "services"),
      chromium: chromium.program,
      place,
      clip: join(directory, films.large.name),
      expiredLink: `${place.app}${expiredPath(stage, "A", watched).replace(/^\/m\//, "/s/")}`,
      interruption,
    },
    ({ statement, held, objections }) => {
      expect(`in Chromium, ${statement}`, held || objections);
    },
  );
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  show([`A person's way in Chromium took ${seconds} s.`]);
}
