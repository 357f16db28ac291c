import assert from "node:assert/strict";
import { test } from "node:test";

import { UploadMemory } from "../../../../frontend/page/uploads/memory.ts";

/** What browsers keep for a page, without a browser. */
class Kept implements Storage {
  readonly #items = new Map<string, string>();
  get length() {
    return this.#items.size;
  }
  clear() {
    this.#items.clear();
  }
  getItem(key: string) {
    return this.#items.get(key) ?? null;
  }
  key(index: number) {
    return [...this.#items.keys()][index] ?? null;
  }
  removeItem(key: string) {
    this.#items.delete(key);
  }
  setItem(key: string, value: string) {
    this.#items.set(key, value);
  }
}

const film = { name: "film.mov", size: 100, lastModified: 1 };

test("finds the unfinished upload of a file after the page was loaded again", () => {
  const kept = new Kept();
  new UploadMemory(kept).keep("upload-1", film);

  assert.equal(new UploadMemory(kept).find(film)?.id, "upload-1");
});

test("takes a file of the same name for another when its size or date is another", () => {
  const memory = new UploadMemory(new Kept());
  memory.keep("upload-1", film);

  assert.equal(memory.find({ ...film, size: 101 }), undefined);
  assert.equal(memory.find({ ...film, lastModified: 2 }), undefined);
});

test("forgets what is finished", () => {
  const memory = new UploadMemory(new Kept());
  memory.keep("upload-1", film);
  memory.keep("upload-2", { ...film, name: "other.mov" });

  memory.forget("upload-1");

  assert.deepEqual(
    memory.list().map(({ id }) => id),
    ["upload-2"],
  );
});

test("counts what it cannot read as nothing", () => {
  const kept = new Kept();
  kept.setItem("mam.unfinished-uploads", "{");

  assert.deepEqual(new UploadMemory(kept).list(), []);
});
