import { createHash } from "node:crypto";

import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

/** How an object is cut into parts. */
interface Cut {
  /** Bytes of a part. Two of them are in memory: one is filled while the other is sent. */
  readonly partBytes: number;
  /** Parts that S3 allows an object to have. */
  readonly mostParts: number;
}

const usual: Cut = { partBytes: 16 * 2 ** 20, mostParts: 10_000 };

/** Where an object goes. */
export interface UploadTarget {
  readonly storage: S3Client;
  readonly bucket: string;
  readonly key: string;
}

/**
 * An object that is written while it comes into being: its size is not known, nothing of it is on a disk, and no more than two
 * parts are in memory. It is there once it is completed, and never in part.
 *
 * Each part has its CRC32: S3 wants a checksum with whatever a bucket's lock will hold.
 */
export class StreamedUpload {
  readonly #target: UploadTarget;
  readonly #id: string;
  readonly #cut: Cut;
  readonly #parts: CompletedPart[] = [];
  readonly #tags: Buffer[] = [];
  readonly #buffers: readonly [Buffer, Buffer];
  #filled = 0;
  #number = 1;
  #sending: Promise<void> = Promise.resolve();
  #isCompleted = false;

  private constructor(target: UploadTarget, id: string, cut: Cut) {
    this.#target = target;
    this.#id = id;
    this.#cut = cut;
    this.#buffers = [Buffer.allocUnsafe(cut.partBytes), Buffer.allocUnsafe(cut.partBytes)];
  }

  /** Begins it. @param cut how it is cut into parts. @defaultValue 10 000 parts of 16 MiB at most */
  static async begin(target: UploadTarget, cut: Cut = usual): Promise<StreamedUpload> {
    const { UploadId = "" } = await target.storage.send(
      new CreateMultipartUploadCommand({
        Bucket: target.bucket,
        Key: target.key,
        ContentType: "application/octet-stream",
        ChecksumAlgorithm: "CRC32",
      }),
    );
    return new StreamedUpload(target, UploadId, cut);
  }

  /** Adds bytes; waits while both parts are full. @throws what storage said of an earlier part. */
  async write(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length;) {
      const taken = chunk.copy(this.#current, this.#filled, at);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#cut.partBytes) await this.#sendCurrent();
    }
  }

  /** Sends the rest and makes the object. @throws when what storage made has another tag than what was sent. */
  async complete(): Promise<void> {
    if (this.#filled > 0 || this.#parts.length === 0) await this.#sendCurrent();
    await this.#sending;
    const { bucket: Bucket, key: Key, storage } = this.#target;
    const MultipartUpload = { Parts: this.#parts };
    const { ETag } = await storage.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId: this.#id, MultipartUpload }),
    );
    this.#isCompleted = true;
    const whole = createHash("md5").update(Buffer.concat(this.#tags)).digest("hex");
    const expected = `${whole}-${this.#tags.length}`;
    if (ETag?.replaceAll('"', "") !== expected)
      throw new Error(`storage made an object with the tag ${ETag}, expected ${expected}`);
  }

  /** Gives it up: storage forgets its parts. What was completed stays. */
  async abort(): Promise<void> {
    await this.#sending.catch(() => undefined);
    if (this.#isCompleted) return;
    const { bucket: Bucket, key: Key, storage } = this.#target;
    await storage.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId: this.#id }));
  }

  get #current(): Buffer {
    return this.#buffers[this.#number % 2 === 1 ? 0 : 1];
  }

  async #sendCurrent(): Promise<void> {
    const [PartNumber, body] = [this.#number, this.#current.subarray(0, this.#filled)];
    const { mostParts, partBytes } = this.#cut;
    if (PartNumber > mostParts)
      throw new Error(`the object has more than ${mostParts} parts of ${partBytes} bytes`);
    await this.#sending;
    this.#number += 1;
    this.#filled = 0;
    this.#sending = this.#send(PartNumber, body);
    // Whoever waits for it next sees the failure.
    this.#sending.catch(() => undefined);
  }

  async #send(PartNumber: number, Body: Buffer): Promise<void> {
    const { bucket: Bucket, key: Key, storage } = this.#target;
    const answer = await storage.send(
      new UploadPartCommand({
        ...{ Bucket, Key, UploadId: this.#id },
        ...{ PartNumber, Body, ChecksumAlgorithm: "CRC32" },
      }),
    );
    this.#tags.push(createHash("md5").update(Body).digest());
    this.#parts.push({
      PartNumber,
      ETag: answer.ETag,
      ...(answer.ChecksumCRC32 !== undefined && { ChecksumCRC32: answer.ChecksumCRC32 }),
    });
  }
}
