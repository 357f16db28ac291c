/** An upload that was begun in this browser and is not finished. */
export interface Unfinished {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  /** The file's own date, in milliseconds since 1970. */
  readonly lastModified: number;
}

/** What tells one file from another without reading it. */
type Identity = Pick<File, "name" | "size" | "lastModified">;

const key = "mam.unfinished-uploads";

/**
 * Remembers unfinished uploads across a reload. The bytes are not kept: a person chooses the file again, and it counts
 * as the same when name, size and date are.
 */
export class UploadMemory {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** All of them, oldest first. What cannot be read counts as nothing: it is a convenience. */
  list(): readonly Unfinished[] {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(key) ?? "[]");
      return Array.isArray(kept) ? (kept as Unfinished[]) : [];
    } catch {
      return [];
    }
  }

  /** The unfinished upload of a file. */
  find(file: Identity): Unfinished | undefined {
    return this.list().find(
      ({ fileName, size, lastModified }) =>
        fileName === file.name && size === file.size && lastModified === file.lastModified,
    );
  }

  /** Remembers that the upload of a file was begun. */
  keep(id: string, { name, size, lastModified }: Identity): void {
    const others = this.list().filter((upload) => upload.id !== id);
    this.#write([...others, { id, fileName: name, size, lastModified }]);
  }

  /** Forgets an upload that is finished, cancelled or gone. */
  forget(id: string): void {
    this.#write(this.list().filter((upload) => upload.id !== id));
  }

  #write(uploads: readonly Unfinished[]): void {
    this.#storage.setItem(key, JSON.stringify(uploads));
  }
}
