import { join } from "node:path";

import { readJsonFile } from "../../environments/loading/json-file.ts";
import { InvalidEnvironments } from "../../environments/loading/load.ts";
import { type Release, releaseSchema } from "../../environments/schema/release.ts";
import type { Session } from "../context/session.ts";
import { writeAtomically } from "../context/atomic-write.ts";

/** Whose release file it is, and where it lies. */
type Place = Pick<Session, "releases" | "environment">;

/** Path of an environment's release file, as a person types it. */
export function releaseFile({ releases, environment }: Place): string {
  return join(releases, `${environment.config.name}.release.json`);
}

/**
 * What the release file says now, which may be something else than when the command began.
 *
 * @throws InvalidEnvironments when it is missing or is no release.
 */
export function readRelease(place: Place): Release {
  const file = releaseFile(place);
  const expected = "the digest of each component's image";
  const fix = "restore the file from git";
  const read = readJsonFile(file, { schema: releaseSchema, expected, fix, confidential: false });
  if (read?.value) return read.value;
  const missing = [{ file, path: "", value: "missing", expected, fix }];
  throw new InvalidEnvironments(read?.findings ?? missing);
}

/** Writes the release file, as a whole or not at all: whatever interrupts it, there is always a release to read. */
export function writeRelease(place: Place, release: Release): void {
  writeAtomically(releaseFile(place), releaseText(release));
}

/** A release as its file has it. */
export function releaseText(release: Release): string {
  // Parsed, so that neither a wrong digest nor a field too many is ever committed.
  return `${JSON.stringify(releaseSchema.parse(release), null, 2)}\n`;
}
