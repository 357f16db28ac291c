import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";

/** What is uploaded, and where to. */
export interface MultipartTarget {
  readonly storage: S3Client;
  readonly bucket: string;
  readonly key: string;
  readonly type: string;
  readonly signal: AbortSignal;
}

/** Parts that are on their way at a time. */
const partsAtATime = 2;

/** An upload in parts, of which the first may come last: parts are put together by their numbers. */
export class MultipartUpload {
  readonly #target: MultipartTarget;
  readonly #upload: string;
  readonly #parts = new Map<number, Promise<string | undefined>>();

  private constructor(target: MultipartTarget, upload: string) {
    this.#target = target;
    this.#upload = upload;
  }

  /** Begins an upload. */
  static async begin(target: MultipartTarget): Promise<MultipartUpload> {
    const { storage, bucket, key, type, signal } = target;
    const command = new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      ContentType: type,
    });
    const { UploadId } = await storage.send(command, { abortSignal: signal });
    if (!UploadId) throw new Error("storage began an upload and did not say which");
    return new MultipartUpload(target, UploadId);
  }

  /** Sends a part; resolves when there is room for the next one. */
  async send(number: number, body: Uint8Array): Promise<void> {
    const part = this.#sendPart(number, body);
    this.#parts.set(number, part);
    // Its failure is thrown when it is waited for, here or at the end.
    part.catch(() => undefined);
    await [...this.#parts.values()].at(-partsAtATime);
  }

  /** Puts the parts together. */
  async complete(): Promise<void> {
    const sorted = [...this.#parts].sort(([first], [second]) => first - second);
    const Parts = await Promise.all(
      sorted.map(async ([PartNumber, ETag]) => ({ PartNumber, ETag: await ETag })),
    );
    const command = new CompleteMultipartUploadCommand({
      ...this.#where,
      MultipartUpload: { Parts },
    });
    await this.#target.storage.send(command, { abortSignal: this.#target.signal });
  }

  /** Gives it up: storage keeps, and charges, the parts of an upload that nobody ends. */
  async abort(): Promise<void> {
    await Promise.allSettled(this.#parts.values());
    const command = new AbortMultipartUploadCommand(this.#where);
    const abortSignal = AbortSignal.timeout(abortWithin);
    await this.#target.storage.send(command, { abortSignal });
  }

  get #where() {
    const { bucket, key } = this.#target;
    return { Bucket: bucket, Key: key, UploadId: this.#upload };
  }

  async #sendPart(number: number, body: Uint8Array): Promise<string | undefined> {
    const command = new UploadPartCommand({ ...this.#where, PartNumber: number, Body: body });
    const { storage, signal } = this.#target;
    return (await storage.send(command, { abortSignal: signal })).ETag;
  }
}

/** Milliseconds that giving up may take; the lifecycle of the bucket removes what is left. */
const abortWithin = 5_000;
