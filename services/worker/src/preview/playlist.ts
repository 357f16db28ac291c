import { codecs, peakRate } from "./encoding.ts";
import type { Size } from "./sizing.ts";

const end = "#EXT-X-ENDLIST";

/** A media playlist, as far as a worker needs to know it. */
export interface Playlist {
  /** Names of its segments. */
  readonly segments: readonly string[];
  /** Seconds of all segments together. */
  readonly duration: number;
  readonly isEnded: boolean;
}

/** Reads a media playlist that ffmpeg wrote. */
export function readPlaylist(text: string): Playlist {
  const lines = text.split("\n").map((line) => line.trim());
  const durations = lines.flatMap((line) => /^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? []);
  return {
    segments: lines.filter((line) => line !== "" && !line.startsWith("#")),
    duration: durations.reduce((sum, seconds) => sum + Number(seconds), 0),
    isEnded: lines.includes(end),
  };
}

/** The playlist without its end: players wait for more. */
export function withoutEnd(text: string): string {
  return text.replaceAll(`${end}\n`, "");
}

/** The playlist that players open; `media` is the address of the only other one, relative to it. */
export function masterPlaylist(media: string, { width, height }: Size, hasAudio: boolean): string {
  const names = [codecs.picture, ...(hasAudio ? [codecs.sound] : [])].join(",");
  return [
    "#EXTM3U",
    "#EXT-X-VERSION:3",
    `#EXT-X-STREAM-INF:BANDWIDTH=${peakRate},RESOLUTION=${width}x${height},CODECS="${names}"`,
    media,
    "",
  ].join("\n");
}
