import { FilmFile } from "../mp4/film-file.ts";
import type { MultipartUpload } from "./multipart.ts";
import type { PreviewStore } from "./store.ts";

/**
 * Bytes of media in a part of the upload. With 10 000 parts, 80 GiB are the most: forty hours of the richest preview.
 * Three parts are held at a time: the first to the end, two on their way.
 */
const partBytes = 8 * 1024 * 1024;

const type = "video/mp4";

/**
 * Stores the film in one file while it is made. Its beginning, which has the table of all that follows, is kept in memory
 * and sent last, as the first part: before {@link finish} there is no object.
 */
export class FilmPublisher {
  readonly file = new FilmFile();
  readonly #store: PreviewStore;
  readonly #name: string;
  #beginning: Buffer = Buffer.alloc(0);
  #upload: MultipartUpload | undefined;

  constructor(store: PreviewStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  /** Takes the film to its end, and sends all but the first part of it. */
  async take(fragments: AsyncIterable<Uint8Array>): Promise<void> {
    let number = 1;
    for await (const part of inParts(this.file.media(fragments))) {
      if (number === 1) this.#beginning = part;
      else {
        this.#upload ??= await this.#store.beginParts(this.#name, type);
        await this.#upload.send(number, part);
      }
      number += 1;
    }
  }

  /** Makes the object. Only for a film that was found to be whole. */
  async finish(): Promise<void> {
    const first = Buffer.concat([this.file.header(), this.#beginning]);
    if (!this.#upload) {
      await this.#store.put(this.#name, first, type);
      return;
    }
    await this.#upload.send(1, first);
    await this.#upload.complete();
    this.#upload = undefined;
  }

  /**
   * Gives up what was sent, unless it was finished. Where storage cannot be told either, the lifecycle of the bucket
   * removes it.
   */
  async abandon(): Promise<void> {
    await this.#upload?.abort().catch(() => undefined);
    this.#upload = undefined;
  }
}

/** Collects chunks into parts of {@link partBytes}; the last one may be shorter. */
async function* inParts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < partBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
