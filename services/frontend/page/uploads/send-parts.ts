import type { ApiClient } from "../api/client.ts";
import type { UploadState } from "../api/contract.ts";
import { PartAddressBook } from "./addresses.ts";
import { lackingParts, partLength, partRange } from "./parts.ts";
import { type Surroundings, persist } from "./persistence.ts";
import { putPart } from "./put-part.ts";
import { Slots } from "./slots.ts";

/**
 * Parts on their way at a time. One alone does not fill a line with latency; a browser opens six connections to a
 * host.
 */
const parallel = 4;

/** All files share them, and take turns. */
const slots = new Slots(parallel);

/** What sending needs. */
export interface Sending extends Surroundings {
  readonly client: ApiClient;
  readonly file: File;
  /** Is told how many bytes of the file storage has or is getting. */
  readonly onProgress: (bytes: number) => void;
}

/** Sends the parts that storage lacks. Resolves when it has all of them. */
export async function sendParts(upload: UploadState, sending: Sending): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([sending.signal, failed.signal]);
  const sender = new PartSender(upload, { ...sending, signal });
  try {
    await Promise.all(Array.from({ length: parallel }, () => sender.sendUntilNoneLacks()));
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

class PartSender {
  readonly #upload: UploadState;
  readonly #sending: Sending;
  readonly #lacking: number[];
  readonly #book: PartAddressBook;
  readonly #moving = new Map<number, number>();
  #stored: number;

  constructor(upload: UploadState, sending: Sending) {
    this.#upload = upload;
    this.#sending = sending;
    this.#lacking = lackingParts(upload, upload.parts);
    this.#book = new PartAddressBook(sending.client, upload.id);
    const missing = this.#lacking.reduce((sum, part) => sum + partLength(upload, part), 0);
    this.#stored = upload.size - missing;
    this.#tell();
  }

  async sendUntilNoneLacks(): Promise<void> {
    for (let part = this.#lacking.shift(); part !== undefined; part = this.#lacking.shift()) {
      const number = part;
      await slots.run(() => persist(() => this.#send(number), this.#sending));
      this.#moving.delete(number);
      this.#stored += partLength(this.#upload, number);
      this.#tell();
    }
  }

  async #send(number: number): Promise<void> {
    const { file, signal } = this.#sending;
    const { begin, end } = partRange(this.#upload, number);
    try {
      await putPart({
        url: await this.#book.of(number, this.#lacking, signal),
        content: file.slice(begin, end),
        signal,
        onProgress: (bytes) => {
          this.#moving.set(number, bytes);
          this.#tell();
        },
      });
    } catch (error) {
      // The next attempt gets a new address: the old one may have expired, or its key may have been replaced.
      this.#book.forget(number);
      this.#moving.delete(number);
      this.#tell();
      throw error;
    }
  }

  #tell(): void {
    const moving = [...this.#moving.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.#sending.onProgress(this.#stored + moving);
  }
}
