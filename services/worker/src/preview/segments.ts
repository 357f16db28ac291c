import { type Playlist, masterPlaylist, readPlaylist, withoutEnd } from "./playlist.ts";
import type { Size } from "./sizing.ts";
import type { PreviewStore } from "./store.ts";

/** Names of the objects below a preview's prefix. */
export const stored = {
  master: "hls/master.m3u8",
  folder: "hls/720p/",
  playlist: "hls/720p/playlist.m3u8",
} as const;

const playlistType = "application/vnd.apple.mpegurl";

/** Segments that are held in memory at a time; ffmpeg waits while they are stored. */
const segmentsAtATime = 2;

/** What the playlists say about the film. */
export interface Variant {
  readonly size: Size;
  readonly hasAudio: boolean;
}

/**
 * Publishes a film in segments while the rest of it is made: each playlist after the segments that it names, and its
 * end only when {@link finish} is told that the film is whole.
 */
export class SegmentPublisher {
  readonly #store: PreviewStore;
  readonly #variant: Variant;
  readonly #onPlayable: () => void;
  readonly #segments = new Map<string, Promise<void>>();
  #newest = "";
  #published = "";
  #publishing: Promise<void> | undefined;
  #isPlayable = false;

  constructor(store: PreviewStore, variant: Variant, onPlayable: () => void) {
    this.#store = store;
    this.#variant = variant;
    this.#onPlayable = onPlayable;
  }

  /** Takes a segment. */
  async takeSegment(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    const room = [...this.#segments.values()].at(-segmentsAtATime);
    const storing = this.#storeSegment(name, body, room);
    this.#segments.set(name, storing);
    await storing;
  }

  /** Takes a playlist that names the segments so far. */
  async takePlaylist(body: AsyncIterable<Uint8Array>): Promise<void> {
    const text = (await bytesOf(body)).toString("utf8");
    if (!isLater(readPlaylist(text), this.playlist)) return;
    this.#newest = text;
    if (this.playlist.isEnded) return;
    this.#publishing ??= this.#publish().finally(() => {
      this.#publishing = undefined;
    });
    await this.#publishing;
  }

  /** What ffmpeg says it made. */
  get playlist(): Playlist {
    return readPlaylist(this.#newest);
  }

  /** Publishes the end of the film. Only for a film that was found to be whole. */
  async finish(): Promise<void> {
    if (!this.playlist.isEnded) throw new Error("ffmpeg wrote no end of its playlist");
    await this.#announce(this.#newest, this.#newest);
  }

  async #storeSegment(
    name: string,
    body: AsyncIterable<Uint8Array>,
    room: Promise<void> | undefined,
  ): Promise<void> {
    await room;
    await this.#store.put(`${stored.folder}${name}`, await bytesOf(body), "video/mp2t");
  }

  async #publish(): Promise<void> {
    while (this.#published !== this.#newest && !this.playlist.isEnded) {
      const newest = this.#newest;
      await this.#announce(newest, withoutEnd(newest));
      this.#published = newest;
    }
  }

  async #announce(written: string, playlist: string): Promise<void> {
    for (const segment of readPlaylist(written).segments) {
      const storing = this.#segments.get(segment);
      if (!storing) throw new Error(`ffmpeg named segment ${segment} and never handed it over`);
      await storing;
    }
    await this.#store.put(stored.playlist, playlist, playlistType);
    if (this.#isPlayable) return;
    this.#isPlayable = true;
    const { size, hasAudio } = this.#variant;
    await this.#store.put(
      stored.master,
      masterPlaylist("720p/playlist.m3u8", size, hasAudio),
      playlistType,
    );
    this.#onPlayable();
  }
}

/** Playlists come on connections of their own, so that an earlier one may arrive after a later one. */
function isLater(one: Playlist, other: Playlist): boolean {
  if (one.segments.length !== other.segments.length)
    return one.segments.length > other.segments.length;
  return one.isEnded && !other.isEnded;
}

/** Reads a small file to its end. */
export async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
