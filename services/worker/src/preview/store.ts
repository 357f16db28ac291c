import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { Readable } from "node:stream";

/** Where a preview goes. */
export interface PreviewPlace {
  readonly bucket: string;
  /** Ends in a slash. */
  readonly prefix: string;
}

/** Bytes of a part of an upload; with 10 000 parts, 80 GiB are the most. */
const partBytes = 8 * 1024 * 1024;

/** The objects of one preview. */
export class PreviewStore {
  readonly #storage: S3Client;
  readonly #place: PreviewPlace;
  readonly #signal: AbortSignal;
  constructor(storage: S3Client, place: PreviewPlace, signal: AbortSignal) {
    this.#storage = storage;
    this.#place = place;
    this.#signal = signal;
  }

  /** Stores a small object. */
  async put(name: string, body: Uint8Array | string, type: string): Promise<void> {
    const command = new PutObjectCommand({ ...this.#where(name), Body: body, ContentType: type });
    await this.#storage.send(command, { abortSignal: this.#signal });
  }

  /** Stores an object whose size nobody knows yet, holding a few parts of it at a time. */
  async stream(name: string, body: AsyncIterable<Uint8Array>, type: string): Promise<void> {
    const upload = new Upload({
      client: this.#storage,
      params: { ...this.#where(name), Body: Readable.from(body), ContentType: type },
      partSize: partBytes,
      queueSize: 2,
    });
    const abort = () => void upload.abort();
    this.#signal.addEventListener("abort", abort, { once: true });
    try {
      await upload.done();
    } finally {
      this.#signal.removeEventListener("abort", abort);
    }
  }

  #where(name: string) {
    return { Bucket: this.#place.bucket, Key: `${this.#place.prefix}${name}` };
  }
}
