import type { Violation } from "../context/check.ts";
import { type PlatformDeployment, areImages, imagesOf } from "../platform/deployments.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { type Files, deployAnyway, older } from "./files.ts";

/**
 * Whether the release file is older: its images were tried, and others that were tried later run. New images, those of a
 * deployment that failed, and those that run are none of that; images that were rolled back from are. Images that never ran
 * are only older than such as were first tried after them: what ran before goes on running when somebody deploys it again.
 */
export function olderRelease(
  files: Files,
  active: PlatformDeployment,
  entries: readonly LedgerEntry[],
): Violation[] {
  const { release } = files.environment;
  const images = imagesOf(active);
  if (areImages(images, release)) return [];
  const tries = entries.filter((entry) => areImages(release.images, entry));
  const ofRunning = entries.filter((entry) => areImages(images, entry));
  const said = tries.at(-1);
  const runs = tries.some(hasRun) ? ofRunning.at(-1) : ofRunning.at(0);
  if (!said || !runs || entries.indexOf(said) > entries.indexOf(runs)) return [];
  const found = `the images of release ${said.id}, and those of ${runs.id} run, which is later`;
  const violation = older(files, "release", found);
  return [{ ...violation, fix: `${violation.fix}; ${onPurpose(files, tries)}` }];
}

/** Whether a release ran, or was gone back from as one that did. */
const hasRun = ({ deployment, result }: LedgerEntry): boolean =>
  deployment !== undefined || result === "succeeded" || result === "rolled back";

/** The line that deploys the file's images although they are older. A rollback goes only to what ran. */
function onPurpose(files: Files, tries: readonly LedgerEntry[]): string {
  const ran = tries.findLast(({ deployment }) => deployment !== undefined);
  return ran
    ? `to go back to it on purpose: mam rollback ${files.environment.config.name} ${ran.id}`
    : `to try it again on purpose: ${deployAnyway(files)}`;
}
