import type { Asset } from "../api/contract.ts";
import { readLink } from "../player/link.ts";

/** Seconds that a poster's link must still be good for to be kept. */
const keptSeconds = 120;

/** Whether more will happen to an asset by itself. */
export const isMoving = ({ status }: Asset): boolean =>
  ["uploaded", "promoting", "promoted", "processing"].includes(status);

/** Whether there is something to play. */
export const isPlayable = ({ status, playable }: Asset): boolean =>
  playable && (status === "ready" || status === "processing");

/**
 * The newer state of an asset, with the older link to its poster while that is good: another link to the same picture
 * would be loaded again, and again with every question.
 *
 * @param now seconds since 1970.
 */
export function withKeptPoster(older: Asset | undefined, newer: Asset, now: number): Asset {
  const poster = older?.poster;
  const link = poster === undefined ? undefined : readLink(poster);
  const isGood = link !== undefined && link.expires - now > keptSeconds;
  return isGood && poster !== undefined && newer.poster !== undefined
    ? { ...newer, poster }
    : newer;
}

/** Assets with newer states in them, newest asset first; of two with one id the newer state counts. */
export function merged(
  older: readonly Asset[],
  newer: readonly Asset[],
  now: number,
): readonly Asset[] {
  const byId = new Map(older.map((asset) => [asset.id, asset]));
  for (const asset of newer) byId.set(asset.id, withKeptPoster(byId.get(asset.id), asset, now));
  return [...byId.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** Where an asset is, in a few words; undefined when there is nothing to say but that it is there. */
export function statusWords({ status, progress, playable }: Asset): string | undefined {
  const percent = progress === undefined ? "" : `, ${Math.round(progress)} %`;
  if (status === "processing" && playable) return `Playable, still being made${percent}`;
  return status === "promoting" || status === "processing"
    ? `${words[status]}${percent}`
    : words[status];
}

const words = {
  uploaded: "Uploaded",
  promoting: "Moving to the archive",
  promoted: "Waiting for its preview",
  processing: "Making the preview",
  ready: undefined,
  refused: "Cannot be shown",
  failed: "The preview failed",
} as const satisfies Record<Asset["status"], string | undefined>;
