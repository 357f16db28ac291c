import { signPrefix } from "@mam-services/common/links";

import type { RotatedKey } from "./environment.ts";

/** What links are made of. */
export interface LinkSettings {
  readonly key: RotatedKey;
  /** Base of the media host. */
  readonly mediaBase: string;
  /** Base of the page. */
  readonly appBase: string;
  readonly lifetimeSeconds: number;
}

/** Addresses of a preview. */
export interface PlaybackLinks {
  /** All others begin with it: a player puts a new one in when this one ends. */
  readonly base: string;
  readonly hls: string;
  readonly mp4: string;
  readonly poster: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Makes links as docs/links.md describes: valid for everything below an asset's prefix. */
export interface Links {
  playback(assetId: string, now?: Date): PlaybackLinks;
  /** A page that plays the asset for whoever has its address, and until when. */
  share(assetId: string, now?: Date): { readonly url: string; readonly expiresAt: string };
  /** Address of a poster in a list. */
  poster(assetId: string, now?: Date): string;
}

/**
 * Posters in lists keep their address for a quarter of a link's life, or each list would load every picture again:
 * browsers cache by address. Such a link lives for three quarters of the lifetime at least.
 */
const posterQuarters = 4;

/** Posters whose address is remembered, each about 250 bytes: signing two dozen takes longer than finding them. */
const postersKept = 10_000;

/** Links signed with the active slot. */
export function createLinks({ key, mediaBase, appBase, lifetimeSeconds }: LinkSettings): Links {
  const signed = (assetId: string, expires: number) =>
    signPrefix(key.keys, key.active, assetId, expires);
  const end = (now: Date) => Math.floor(now.getTime() / 1000) + lifetimeSeconds;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const posters = remembered(
    postersKept,
    (assetId, expires) => `${mediaBase}/m/${signed(assetId, expires)}/poster.jpg`,
  );
  return {
    playback: (assetId, now = new Date()) => {
      const base = `${mediaBase}/m/${signed(assetId, end(now))}`;
      return {
        base,
        hls: `${base}/hls/master.m3u8`,
        mp4: `${base}/preview.mp4`,
        poster: `${base}/poster.jpg`,
        expiresAt: iso(end(now)),
      };
    },
    share: (assetId, now = new Date()) => ({
      url: `${appBase}/s/${signed(assetId, end(now))}`,
      expiresAt: iso(end(now)),
    }),
    poster: (assetId, now = new Date()) => {
      const step = Math.max(1, Math.floor(lifetimeSeconds / posterQuarters));
      const begun = Math.floor(now.getTime() / 1000 / step) * step;
      return posters(assetId, begun + lifetimeSeconds);
    },
  };
}

/** Remembers what was made for one time of expiry, and forgets everything with the next one, or when it is full. */
function remembered(most: number, make: (assetId: string, expires: number) => string) {
  const made = new Map<string, string>();
  let current = 0;
  return (assetId: string, expires: number): string => {
    if (expires !== current || made.size >= most) made.clear();
    current = expires;
    const text = made.get(assetId) ?? make(assetId, expires);
    made.set(assetId, text);
    return text;
  };
}
