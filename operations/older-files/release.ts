import type { Violation } from "../context/check.ts";
import { type PlatformDeployment, areImages, imagesOf } from "../platform/deployments.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { type Files, older } from "./files.ts";

/**
 * Whether the release file is older: its images were tried, and others that were tried later run. New images, those of a
 * deployment that failed, and those that run are none of that; images that were rolled back from are.
 */
export function olderRelease(
  files: Files,
  active: PlatformDeployment,
  entries: readonly LedgerEntry[],
): Violation[] {
  const { config, release } = files.environment;
  const images = imagesOf(active);
  if (areImages(images, release)) return [];
  const of = (wanted: LedgerEntry["images"]) => (entry: LedgerEntry) => areImages(wanted, entry);
  const file = entries.findLastIndex(of(release.images));
  const running = entries.findLastIndex((entry) => areImages(images, entry));
  const [said, runs] = [entries[file], entries[running]];
  if (!said || !runs || file > running) return [];
  const violation = older(
    files,
    "release",
    `the images of release ${said.id}, and those of ${runs.id} run, which is later`,
  );
  const back = `to go back to it on purpose: mam rollback ${config.name} ${said.id}`;
  return [{ ...violation, fix: `${violation.fix}; ${back}` }];
}
