import assert from "node:assert/strict";
import { copyFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import type { Locator } from "playwright-core";

import { slowUploads } from "../../frontend/walk/way.ts";
import { skipWithout } from "../../local/engines.ts";
import { type Films, makeFilms } from "./support/films.ts";
import { type Visitor, aVisitor, fillIn, signIn } from "./support/visitor.ts";
import { type WholePlatform, startWholePlatform } from "../../local/whole-platform.ts";

const skip = skipWithout("chromium", "ffmpeg", "postgres", "pgbouncer", "valkey");

/** Bytes a second: the film in parts takes a quarter of a minute. */
const slow = 2.5e6;

let platform: WholePlatform;
let films: Films;
let visitor: Visitor;

if (skip === false) {
  before(async () => {
    [platform, films] = await Promise.all([startWholePlatform(), makeFilms()]);
  });
  after(async () => {
    await Promise.all([platform.close(), films.remove()]);
  });
}

/** Each upload of a test is another file. */
let copies = 0;
async function aCopy(film: string): Promise<string> {
  const path = join(dirname(film), `copy ${++copies} of ${basename(film)}`);
  await copyFile(film, path);
  return path;
}

const rowOf = (path: string): Locator =>
  visitor.page.locator(".upload").filter({ hasText: basename(path) });
const choose = (...paths: string[]) =>
  visitor.page.locator("header .file-input").setInputFiles(paths);
const says = (path: string, words: RegExp | string) =>
  rowOf(path).locator(".upload-state").filter({ hasText: words }).waitFor({ timeout: 90_000 });
const isUploaded = (path: string) => says(path, "uploaded");

/** Bytes of the assets of that name that the API lists. */
async function sizesListed(path: string): Promise<number[]> {
  const listed = visitor.page.waitForResponse(/\/api\/assets\?/);
  await visitor.page.reload();
  const { items } = (await (await listed).json()) as {
    items: { fileName: string; size: number }[];
  };
  return items.filter(({ fileName }) => fileName === basename(path)).map(({ size }) => size);
}

async function unfinishedInStorage() {
  const { buckets, root } = platform.storage;
  const { Uploads = [] } = await root.send(
    new ListMultipartUploadsCommand({ Bucket: buckets.staging }),
  );
  return Uploads;
}

if (skip === false)
  beforeEach(async () => {
    visitor = await aVisitor();
    await signIn(visitor.page, platform);
  });
const ends = () => visitor.close();

test(
  "a line to storage that breaks in the middle costs the parts that were on it",
  { skip },
  async (t) => {
    t.after(ends);
    const film = await aCopy(films.inParts);
    await slowUploads(visitor.page, slow);
    await choose(film);
    await says(film, /\/s, /);

    platform.storageLine.cut();
    await says(film, "Trying again");
    platform.storageLine.mend();

    await isUploaded(film);
    const { partsTaken } = visitor.observer;
    assert.equal(new Set(partsTaken).size, partsTaken.length, partsTaken.join());
    assert.equal((await sizesListed(film)).length, 1);
  },
);

test(
  "a part that storage takes and never answers is given up and sent again",
  { skip },
  async (t) => {
    t.after(ends);
    const film = await aCopy(films.inParts);
    await slowUploads(visitor.page, slow);
    await choose(film);
    await says(film, /\/s, /);

    platform.storageLine.freeze();

    await says(film, "Nothing has moved for half a minute");
    await isUploaded(film);
    assert.equal((await sizesListed(film)).length, 1);
  },
);

test("a rate limit only slows an upload", { skip }, async (t) => {
  t.after(ends);
  await platform.replaceApi({ RL_PRESIGN_MAX: "1", RL_PRESIGN_WINDOW: "3000" });
  t.after(() => platform.replaceApi({}));
  const copied = await Promise.all([films.short, films.short, films.short].map(aCopy));
  const refused: number[] = [];
  visitor.page.on("response", (response) => {
    if (response.status() === 429) refused.push(1);
  });

  await choose(...copied);

  for (const film of copied) await isUploaded(film);
  assert.ok(refused.length > 0, "the limit was never met");
});

test("an answer to the last call that is lost makes one asset", { skip }, async (t) => {
  t.after(ends);
  const film = await aCopy(films.short);
  platform.door.loseAnswerTo("/complete");

  await choose(film);

  await isUploaded(film);
  assert.equal((await sizesListed(film)).length, 1);
});

test(
  "an upload whose session ends goes on once somebody has signed in again",
  { skip },
  async (t) => {
    t.after(ends);
    await platform.replaceApi({ ACCESS_TOKEN_TTL_SECONDS: "3" });
    t.after(() => platform.replaceApi({}));
    await visitor.page.reload();
    await visitor.page.getByRole("button", { name: "Sign out" }).waitFor();
    const film = await aCopy(films.inParts);
    const restore = await slowUploads(visitor.page, slow);
    await choose(film);
    await says(film, /\/s, /);

    await visitor.context.clearCookies();
    await visitor.page.getByRole("heading", { name: "Your session has ended" }).waitFor();
    await restore();
    await fillIn(visitor.page, platform.account);

    await isUploaded(film);
  },
);

test(
  "a file that is too large is refused in words, and nothing of it is kept",
  { skip },
  async (t) => {
    t.after(ends);
    await platform.replaceApi({ UPLOAD_MAX_BYTES: "1000" });
    t.after(() => platform.replaceApi({}));
    const film = await aCopy(films.short);

    await choose(film);

    await says(film, "too large: 1.0 kB is the most");
    await rowOf(film).getByRole("button", { name: "Try" }).waitFor();
    assert.deepEqual(await unfinishedInStorage(), []);
  },
);

test("an empty file is refused in words", { skip }, async (t) => {
  t.after(ends);
  const empty = join(dirname(films.short), "empty.mov");
  await writeFile(empty, "");

  await choose(empty);

  await says(empty, "empty");
});

test("an upload that is cancelled leaves nothing in storage", { skip }, async (t) => {
  t.after(ends);
  const film = await aCopy(films.inParts);
  await slowUploads(visitor.page, slow);
  await choose(film);
  await says(film, /\/s, /);

  const deleted = visitor.page.waitForResponse(
    (response) => response.request().method() === "DELETE",
  );
  await rowOf(film).getByRole("button", { name: "Cancel" }).click();
  await visitor.page.getByRole("button", { name: "Cancel upload" }).click();
  await deleted;

  await rowOf(film).waitFor({ state: "detached" });
  assert.deepEqual(await unfinishedInStorage(), []);
});

test("an upload that storage has given up begins anew", { skip }, async (t) => {
  t.after(ends);
  const film = await aCopy(films.inParts);
  const restore = await slowUploads(visitor.page, slow);
  await choose(film);
  await says(film, /\/s, /);
  await rowOf(film).getByRole("button", { name: "Pause" }).click();

  const { buckets, root } = platform.storage;
  for (const { Key, UploadId } of await unfinishedInStorage())
    await root.send(new AbortMultipartUploadCommand({ Bucket: buckets.staging, Key, UploadId }));
  await restore();
  await rowOf(film).getByRole("button", { name: "Resume" }).click();

  await isUploaded(film);
  assert.equal((await sizesListed(film)).length, 1);
});

test("an upload that waits for its file after a reload can be given up", { skip }, async (t) => {
  t.after(ends);
  const film = await aCopy(films.inParts);
  await slowUploads(visitor.page, slow);
  await choose(film);
  await says(film, /\/s, /);
  visitor.page.once("dialog", (dialog) => void dialog.accept());
  await visitor.page.reload();

  const deleted = visitor.page.waitForResponse(
    (response) => response.request().method() === "DELETE",
  );
  await rowOf(film).getByRole("button", { name: "Give up" }).click();
  await deleted;

  assert.deepEqual(await unfinishedInStorage(), []);
  assert.equal(await rowOf(film).count(), 0);
});
