import { randomBytes } from "node:crypto";
import { join } from "node:path";

import { type Release, releaseSchema } from "../../../environments/schema/release.ts";
import type { ScenarioContext } from "../../harness/scenario.ts";

/** What makes one in twenty answers of a program a failure. */
const fault = join(import.meta.dirname, "../../platform/faulty-images/failing-requests/preload.js");

/**
 * Pushes an image of the API of which 5 % of the answers fail, and passes every check: what only people notice.
 *
 * @param good the release that it is in otherwise.
 */
export function pushFailing({ cloud }: ScenarioContext, good: Release): Release {
  const { digitalOcean, environment, imageOf } = cloud;
  const content = imageOf("api");
  const { program } = content;
  if (!program) throw new Error("the image of the API is no program");
  const [command, ...rest] = program.command;
  const image = {
    program: { ...program, command: [command, "--import", fault, ...rest] as const },
  };
  const digest = `sha256:${randomBytes(32).toString("hex")}`;
  const { repository } = environment.config.services.api;
  digitalOcean.pushImage({ repository, digest, image });
  return releaseSchema.parse({ images: { ...good.images, api: digest } });
}
