import type { Playback } from "../api/contract.ts";

/** What a shared address leads to. A picture is no part of it: the film may be shared before it is made. */
export interface SharedLinks extends Pick<Playback, "hls" | "mp4"> {
  /** Seconds since 1970. */
  readonly expires: number;
}

/**
 * Links to the media of a shared address: the signature in it is the one that the edge verifies.
 *
 * @param signed `<exp>/<slot>/<sig>/<asset>`.
 * @returns undefined for an address of another form.
 */
export function sharedLinks(edgeBase: string, signed: string): SharedLinks | undefined {
  const expires = Number(signed.split("/")[0] ?? "");
  if (signed === "" || !Number.isSafeInteger(expires)) return undefined;
  const base = `${edgeBase}/m/${signed}`;
  return {
    expires,
    hls: `${base}/hls/master.m3u8`,
    mp4: `${base}/preview.mp4`,
  };
}
