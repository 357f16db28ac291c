import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { LookupTables } from "../src/colour/lookup-tables.ts";
import type { CardUse } from "../src/preview/encoding.ts";
import { Refused } from "../src/preview/refused.ts";
import { type Media, makePreview } from "../src/preview/make.ts";
import { makeClip } from "./make.ts";
import type { Clip } from "./clip.ts";

/** Storage that previews are made in: buckets `masters` and `previews`, and a client with the worker's key. */
export interface ClipStorage {
  readonly buckets: { readonly masters: string; readonly previews: string };
  readonly transcoder: Parameters<typeof makePreview>[0]["storage"];
  putMaster(key: string, body: Uint8Array): Promise<void>;
  list(prefix: string): Promise<string[]>;
  read(key: string): Promise<Uint8Array>;
}

/** What became of a clip. */
export interface ClipResult {
  readonly clip: Clip;
  /** The file that a user would bring. */
  readonly master: string;
  /** Directory of the preview's files, as they are below the preview's prefix; undefined when it was refused. */
  readonly preview: string | undefined;
  readonly media: Media | undefined;
  /** Why it was refused. */
  readonly reason: string | undefined;
}

/** With what clips and previews are made. */
export interface Making {
  readonly ffmpeg: string;
  readonly directory: string;
  /** An ffmpeg with a card, and what the card does, for the preview; the CPU without it. */
  readonly card?: { readonly program: string; readonly use: CardUse };
}

/**
 * Makes a clip and its preview, as a worker does, and puts both into a directory: `<name>/<file>` and
 * `<name>/preview/hls/master.m3u8`, `preview.mp4`, `poster.jpg`, `preview.json`.
 */
export async function previewClip(
  clip: Clip,
  storage: ClipStorage,
  { ffmpeg, directory, card }: Making,
): Promise<ClipResult> {
  const master = join(directory, clip.name, clip.file);
  const bytes = await makeClip(ffmpeg, clip);
  await mkdir(dirname(master), { recursive: true });
  await writeFile(master, bytes);
  await storage.putMaster(`${clip.name}/${clip.file}`, bytes);
  const tables = new LookupTables();
  const workshop = {
    ...{ storage: storage.transcoder, segmentSeconds: 4, tries: 3, tables },
    ...(card ? { ffmpeg: card.program, card: card.use } : { ffmpeg }),
  };
  try {
    const media = await makePreview(workshop, orderFor(clip, storage));
    const preview = join(directory, clip.name, "preview");
    for (const name of await storage.list(`${clip.name}/`)) {
      await mkdir(dirname(join(preview, name)), { recursive: true });
      await writeFile(join(preview, name), await storage.read(`${clip.name}/${name}`));
    }
    return { clip, master, preview, media, reason: undefined };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { clip, master, preview: undefined, media: undefined, reason: error.message };
  } finally {
    await tables.remove();
  }
}

function orderFor({ name, file }: Clip, { buckets }: ClipStorage) {
  return {
    id: name,
    master: { bucket: buckets.masters, key: `${name}/${file}` },
    preview: { bucket: buckets.previews, prefix: `${name}/` },
    signal: new AbortController().signal,
    onPlayable: () => undefined,
    onProgress: () => undefined,
    onSign: () => undefined,
  };
}
