import type { Editor, Playback } from "./editor.ts";

/** What a preview turned out to be, when somebody watched it. */
export interface Watched {
  /** Segments that its playlist names. */
  readonly segments: number;
  /** Seconds that they last together. */
  readonly seconds: number;
  /** Whether the playlist says that the film is whole. */
  readonly isWhole: boolean;
}

/** Addresses of a playlist, absolute. */
function entriesOf(playlist: string, address: string): string[] {
  return playlist
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => new URL(line, address).href);
}

/**
 * Watches a preview as a player does: the playlists, then every segment by an address relative to them, then a place in
 * the middle of the single file by a range.
 */
export async function watch(viewer: Editor, { hls, mp4, poster }: Playback): Promise<Watched> {
  const master = await viewer.fetch("the first playlist", hls);
  const [variant = ""] = entriesOf(master.body.toString(), hls);
  const answer = await viewer.fetch("a playlist", variant);
  const playlist = answer.body.toString();
  const segments = entriesOf(playlist, variant);
  for (const segment of segments) await viewer.fetch("a segment", segment);
  await viewer.fetch("the poster", poster);
  await seek(viewer, mp4);
  const lengths = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, length]) => Number(length));
  return {
    segments: segments.length,
    seconds: lengths.reduce((sum, length) => sum + length, 0),
    isWhole: playlist.includes("#EXT-X-ENDLIST"),
  };
}

/** Asks how long the single file is, then for a piece from its middle. */
async function seek(viewer: Editor, mp4: string): Promise<void> {
  const head = await viewer.fetch("the size of the single file", mp4, { method: "HEAD" });
  const middle = Math.floor(Number(head.headers["content-length"]) / 2);
  const range = `bytes=${middle}-${middle + 999}`;
  await viewer.fetch("a piece of the single file", mp4, { headers: { range }, right: [206] });
}
