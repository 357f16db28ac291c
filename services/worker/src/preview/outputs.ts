import { readClock } from "./clock.ts";
import { written } from "./encoding.ts";
import { FilmPublisher } from "./film-publisher.ts";
import { SegmentPublisher, type Variant, bytesOf } from "./segments.ts";
import type { PreviewStore } from "./store.ts";
import type { Lengths } from "./whole.ts";

/** All that ffmpeg makes of a film, on its way to storage. */
export class PreviewOutputs {
  readonly #store: PreviewStore;
  readonly #segments: SegmentPublisher;
  readonly #film: FilmPublisher;
  #poster: Buffer | undefined;
  #clock = 0;

  constructor(store: PreviewStore, variant: Variant, onPlayable: () => void) {
    this.#store = store;
    this.#segments = new SegmentPublisher(store, variant, onPlayable);
    this.#film = new FilmPublisher(store, written.film);
  }

  /** Takes a file that ffmpeg writes, to its end. */
  async take(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
    if (name === written.playlist) await this.#segments.takePlaylist(body);
    else if (written.segment.test(name)) await this.#segments.takeSegment(name, body);
    else if (name === written.film) await this.#film.take(body);
    else if (name === written.clock) this.#clock = await readClock(body);
    else if (name === written.poster) this.#poster = await bytesOf(body);
    else throw new Error("ffmpeg wrote a file that nobody expects");
  }

  /** How long everything is that ffmpeg handed over to its end. */
  get lengths(): Lengths {
    const { film, picture } = this.#film.file.lengths;
    return { film, picture, segments: this.#segments.playlist.duration, clock: this.#clock };
  }

  /**
   * Publishes the ends of what is there so far, for a film that was found to be whole.
   *
   * @returns how many segments it has, and how long it is in seconds.
   */
  async finish(): Promise<{ segments: number; duration: number }> {
    if (!this.#poster) throw new Error("ffmpeg made no poster");
    await this.#store.put(written.poster, this.#poster, "image/jpeg");
    this.#film.file.standUntil(this.#clock);
    await this.#film.finish();
    await this.#segments.finish();
    const { film: duration } = this.#film.file.lengths;
    return { segments: this.#segments.playlist.segments.length, duration };
  }

  /** Gives up what is not finished. */
  abandon(): Promise<void> {
    return this.#film.abandon();
  }
}
