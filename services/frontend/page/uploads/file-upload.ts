import { computed, signal } from "@preact/signals";

import type { ApiClient } from "../api/client.ts";
import type { Asset, Upload, UploadState } from "../api/contract.ts";
import { ApiError, wordsOf } from "../api/errors.ts";
import type { UploadMemory } from "./memory.ts";
import { type Trouble, persist } from "./persistence.ts";
import { PartFailure } from "./put-part.ts";
import { sendParts } from "./send-parts.ts";
import { Speed } from "./speed.ts";
import { failureWords } from "./upload-words.ts";

/** Where the upload of a file is. */
export type Phase =
  "waiting" | "preparing" | "sending" | "finishing" | "paused" | "done" | "failed" | "cancelled";

/** What uploads need of the page around them. */
export interface UploadSurroundings {
  readonly client: ApiClient;
  readonly memory: UploadMemory;
  /** Resolves when somebody is signed in. */
  readonly signedIn: (signal: AbortSignal) => Promise<void>;
  /** Is told of each file that has become an asset. */
  readonly onAsset: (asset: Asset) => void;
}

/** Times that an upload may begin again because storage or the API no longer knows it, or lacks parts at its end. */
const beginnings = 3;

/** The API's words for an upload that cannot be finished any more. */
const goneCodes = ["upload-gone", "upload-closed", "upload-differs"];

/** Whether storage or the API no longer has what was sent. */
const isUploadGone = (error: unknown): boolean =>
  (error instanceof PartFailure && error.status === 404) ||
  (error instanceof ApiError && (error.status === 404 || goneCodes.includes(error.code)));

const stopped = (why: "paused" | "cancelled") => new DOMException(why, "AbortError");

/**
 * The upload of one file: begun or found again, sent in parts, completed by the API. It counts as done only when the
 * API has answered with the asset, and the asset has the file's size.
 */
export class FileUpload {
  readonly file: File;
  readonly phase = signal<Phase>("waiting");
  /** Bytes that storage has or is getting. */
  readonly sent = signal(0);
  /** Bytes a second; undefined while too little is known. */
  readonly speed = signal<number | undefined>(undefined);
  readonly trouble = signal<Trouble | undefined>(undefined);
  /** Why it failed, for a person. */
  readonly failure = signal<string | undefined>(undefined);
  /** Seconds until everything is sent, as fast as it goes now. */
  readonly secondsLeft = computed(() => {
    const speed = this.speed.value;
    return speed ? (this.file.size - this.sent.value) / speed : undefined;
  });
  /** Whether it holds parts on their way, or will. */
  readonly isUnderWay = computed(() =>
    ["waiting", "preparing", "sending", "finishing"].includes(this.phase.value),
  );
  /** The asset that it became. */
  readonly asset = signal<Asset | undefined>(undefined);

  readonly #around: UploadSurroundings;
  readonly #measured = new Speed();
  #id: string | undefined;
  #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(file: File, around: UploadSurroundings) {
    this.file = file;
    this.#around = around;
    this.#id = around.memory.find(file)?.id;
  }

  /** Sends the file, once what was stopped has come to its end. Never rejects: how it ended stands in `phase`. */
  run(): Promise<void> {
    this.#running = this.#running.then(() => this.#run());
    return this.#running;
  }

  async #run(): Promise<void> {
    if (this.phase.value !== "waiting") return;
    this.#stop = new AbortController();
    try {
      await this.#sendWhole();
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#fail(error);
    } finally {
      this.trouble.value = undefined;
      this.speed.value = undefined;
    }
  }

  /** Stops for now. Parts that storage has stay there. */
  pause(): void {
    this.phase.value = "paused";
    this.#stop.abort(stopped("paused"));
  }

  /** Puts it back in line, after a pause or a failure. */
  queue(): void {
    this.failure.value = undefined;
    this.phase.value = "waiting";
  }

  /** Stops for good, and has what was stored deleted. */
  async cancel(): Promise<void> {
    this.phase.value = "cancelled";
    this.#stop.abort(stopped("cancelled"));
    const id = this.#id;
    if (id === undefined) return;
    this.#around.memory.forget(id);
    await discard(this.#around, id);
  }

  async #sendWhole(): Promise<void> {
    for (let beginning = 1; ; beginning++) {
      try {
        this.phase.value = "preparing";
        const upload = await this.#persist(() => this.#open());
        if (upload.assetId === undefined) await this.#send(upload);
        this.phase.value = "finishing";
        this.#finish(await this.#persist(() => this.#complete(upload.id)));
        return;
      } catch (error) {
        if (beginning >= beginnings || !this.#mayBeginAgain(error)) throw error;
      }
    }
  }

  /** An upload that is gone is begun anew; one that lacks parts at its end gets them. */
  #mayBeginAgain(error: unknown): boolean {
    if (this.#id === undefined) return false;
    const isGone = isUploadGone(error);
    if (isGone) {
      this.#around.memory.forget(this.#id);
      this.#id = undefined;
    }
    return isGone || (error instanceof ApiError && error.status === 409);
  }

  async #open(): Promise<UploadState> {
    const { client, memory } = this.#around;
    const abort = { signal: this.#stop.signal };
    if (this.#id !== undefined)
      return await client.call<UploadState>(`/uploads/${this.#id}`, abort);
    if (this.file.size === 0) throw new Error("This file is empty.");
    const body = { fileName: this.file.name, size: this.file.size };
    const begun = await client.call<Upload>("/uploads", { method: "POST", body, ...abort });
    this.#id = begun.id;
    memory.keep(begun.id, this.file);
    return { ...begun, status: "open", parts: [] };
  }

  async #send(upload: UploadState): Promise<void> {
    this.phase.value = "sending";
    this.#measured.restart();
    await sendParts(upload, {
      ...this.#surroundings(),
      client: this.#around.client,
      file: this.file,
      onProgress: (bytes) => {
        this.sent.value = bytes;
        this.speed.value = this.#measured.note(bytes, performance.now() / 1000);
      },
    });
  }

  async #complete(id: string): Promise<Asset> {
    const { asset } = await this.#around.client.call<{ asset: Asset }>(`/uploads/${id}/complete`, {
      method: "POST",
      signal: this.#stop.signal,
    });
    return asset;
  }

  #finish(asset: Asset): void {
    if (asset.size !== this.file.size)
      throw new Error(`Storage has ${asset.size} bytes of ${this.file.size}. Upload it again.`);
    if (this.#id !== undefined) this.#around.memory.forget(this.#id);
    this.sent.value = this.file.size;
    this.asset.value = asset;
    this.phase.value = "done";
    this.#around.onAsset(asset);
  }

  #fail(error: unknown): void {
    this.failure.value = failureWords(error);
    this.phase.value = "failed";
  }

  #surroundings() {
    return {
      signal: this.#stop.signal,
      signedIn: this.#around.signedIn,
      onTrouble: (trouble: Trouble | undefined) => {
        this.trouble.value = trouble;
      },
    };
  }

  #persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    return persist(attempt, this.#surroundings());
  }
}

/** Has the parts of an upload deleted. What fails here, the bucket's lifecycle does days later. */
export async function discard({ client }: UploadSurroundings, id: string): Promise<void> {
  try {
    await client.call(`/uploads/${id}`, { method: "DELETE" });
  } catch (error) {
    console.warn(`the parts of upload ${id} are deleted later: ${wordsOf(error)}`);
  }
}
