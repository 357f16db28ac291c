import { computed, signal } from "@preact/signals";

import { FileUpload, type UploadSurroundings, discard } from "./file-upload.ts";
import type { Unfinished } from "./memory.ts";
import { Slots } from "./slots.ts";

/** Files at a time: small ones spend most of their time asking, and need not wait for a large one. */
const filesAtATime = 3;

/** All uploads of this page. They go on whatever the page shows. */
export class UploadQueue {
  /** Newest last. */
  readonly uploads = signal<readonly FileUpload[]>([]);
  /** Begun in this browser earlier, and waiting for their file to be chosen again. */
  readonly unfinished = signal<readonly Unfinished[]>([]);
  readonly underWay = computed(() =>
    this.uploads.value.filter(({ isUnderWay }) => isUnderWay.value),
  );

  readonly #around: UploadSurroundings;
  readonly #slots = new Slots(filesAtATime);
  #user: string | undefined;

  constructor(around: UploadSurroundings) {
    this.#around = around;
    this.#lookUpUnfinished();
  }

  /** Takes files in. One that is in line already is taken once. */
  add(files: readonly File[]): void {
    const fresh = files.filter((file) => !this.uploads.value.some((upload) => isFor(upload, file)));
    const added = fresh.map((file) => new FileUpload(file, this.#around));
    this.uploads.value = [...this.uploads.value, ...added];
    for (const upload of added) this.#start(upload);
    this.#lookUpUnfinished();
  }

  /** Goes on with an upload that was paused or failed. */
  resume(upload: FileUpload): void {
    upload.queue();
    this.#start(upload);
  }

  /** Cancels an upload, and takes it off the list. */
  async cancel(upload: FileUpload): Promise<void> {
    this.remove(upload);
    await upload.cancel();
    this.#lookUpUnfinished();
  }

  /** Takes an upload off the list that is over. */
  remove(upload: FileUpload): void {
    this.uploads.value = this.uploads.value.filter((other) => other !== upload);
  }

  /** Says whose uploads these are. Those of somebody else, whose session ended on this page, are stopped. */
  belongTo(user: string): void {
    if (this.#user !== undefined && this.#user !== user) this.clear();
    this.#user = user;
  }

  /** Stops everything and forgets it. What storage has stays, and is found again when the same file is chosen. */
  clear(): void {
    for (const upload of this.underWay.value) upload.pause();
    this.uploads.value = [];
    this.#lookUpUnfinished();
  }

  /** Gives up an upload that waits for its file. */
  async discard({ id }: Unfinished): Promise<void> {
    this.#around.memory.forget(id);
    this.#lookUpUnfinished();
    await discard(this.#around, id);
  }

  #start(upload: FileUpload): void {
    void this.#slots
      .run(() => upload.run())
      .then(() => {
        this.#lookUpUnfinished();
      });
  }

  #lookUpUnfinished(): void {
    const held = this.uploads.value.map(({ file }) => this.#around.memory.find(file)?.id);
    this.unfinished.value = this.#around.memory.list().filter(({ id }) => !held.includes(id));
  }
}

/** Whether an upload that is not over is of this file. */
function isFor({ file, phase }: FileUpload, other: File): boolean {
  const isSame =
    file.name === other.name &&
    file.size === other.size &&
    file.lastModified === other.lastModified;
  return isSame && !["done", "cancelled"].includes(phase.value);
}
