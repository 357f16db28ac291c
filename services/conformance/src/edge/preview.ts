import { randomBytes } from "node:crypto";

import { put } from "../tools/objects.ts";
import type { World } from "../world.ts";

/** A preview that the suite put into the bucket itself, and what is in it. */
export interface PutPreview {
  readonly segment: Buffer;
  readonly playlist: string;
  readonly growing: string;
}

const list = (end: string) =>
  `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXTINF:2,\n00000.ts\n${end}`;

/** Objects that the edge is asked for, by their names below the run's prefix. */
export const names = {
  segment: "hls/720p/00000.ts",
  playlist: "hls/720p/playlist.m3u8",
  growing: "hls/720p/growing.m3u8",
} as const;

/** Puts a preview into the bucket, once. */
export function putPreview(world: World): Promise<PutPreview> {
  return world.once("preview of the edge", async () => {
    const preview = {
      segment: randomBytes(300_000),
      playlist: list("#EXT-X-ENDLIST\n"),
      growing: list(""),
    };
    const all = Object.entries(names).map(([what, name]) =>
      put(world, "PREVIEWS_BUCKET", `${world.run}/${name}`, preview[what as keyof typeof names]),
    );
    await Promise.all(all);
    return preview;
  });
}
