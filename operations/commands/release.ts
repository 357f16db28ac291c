import type { Command } from "commander";

import { environmentCommand } from "./action.ts";
import { releaseImages } from "../release/release.ts";

/** `mam release`: says which images an environment runs from the next deployment on. */
export function declareRelease(program: Command): void {
  environmentCommand(
    program,
    "release",
    "writes the digests of images into the release file; nothing is deployed",
    [
      "mam release staging api=v1.4.0",
      "mam release production api=v1.4.0 worker=v1.4.0 frontend=sha256:0d1c…",
      "mam release staging api=v1.4.0 --json",
    ],
    (session, { operands }, progress) => releaseImages(session, operands, progress),
    () => true,
  ).argument("<images...>", "component=tag or component=digest, as many as change");
}
