import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import { MultipartUpload } from "./multipart.ts";

/** Where a preview goes. */
export interface PreviewPlace {
  readonly bucket: string;
  /** Ends in a slash. */
  readonly prefix: string;
}

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

  /** Begins to store a large object in parts. */
  beginParts(name: string, type: string): Promise<MultipartUpload> {
    const { Bucket: bucket, Key: key } = this.#where(name);
    return MultipartUpload.begin({
      storage: this.#storage,
      bucket,
      key,
      type,
      signal: this.#signal,
    });
  }

  #where(name: string) {
    return { Bucket: this.#place.bucket, Key: `${this.#place.prefix}${name}` };
  }
}
