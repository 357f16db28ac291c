import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { type ReleaseOptions, releaseImages } from "../release/release.ts";

/** `mam release`: says which images an environment runs from the next deployment on. */
export function declareRelease(program: Command): void {
  environmentCommand<ReleaseOptions>(
    program,
    "release",
    "writes the digests of images into the release file, or a pull request; nothing is deployed",
    [
      "mam release staging api=v1.4.0",
      "mam release production api=v1.4.0 worker=v1.4.0 frontend=sha256:0d1c…",
      "mam release staging api=v1.4.0 --json",
      "mam release production api=v1.4.0 --pull-request",
    ],
    (session, { operands, ...options }, progress) =>
      releaseImages(session, operands, progress, options),
    ({ pullRequest }) => !pullRequest,
  )
    .argument("<images...>", "component=tag or component=digest, as many as change")
    .option(
      "--pull-request",
      "leaves the file as it is, and opens or updates a pull request on GitHub with it",
      false,
    );
}
