import assert from "node:assert/strict";
import { test } from "node:test";

import { PartAddressBook } from "../../../../frontend/page/uploads/addresses.ts";
import { aClient, aSession } from "../../support/api.ts";

const never = new AbortController().signal;
const after = (number: number, count: number) =>
  Array.from({ length: count }, (_, index) => number + 1 + index);

/** A book of an upload whose addresses live so long, and what was asked for. */
async function aBook(t: Parameters<typeof aClient>[0], expiresIn = 900) {
  const asked: number[][] = [];
  const { client } = await aClient(t, ({ what, body }) => {
    if (what === "POST /session/refresh") return [200, aSession("token")];
    const { numbers } = body as { numbers: number[] };
    asked.push(numbers);
    const sign = (number: number) => [number, `https://s3/${number}?try=${asked.length}`];
    return [200, { urls: Object.fromEntries(numbers.map(sign)), expiresIn }];
  });
  return { book: new PartAddressBook(client, "upload-1"), asked };
}

test("asks for the addresses of sixteen parts with one question, whoever else wants one", async (t) => {
  const { book, asked } = await aBook(t);

  const urls = await Promise.all(
    [1, 2, 3, 4].map((number) => book.of(number, after(4, 100), never)),
  );
  await book.of(16, [], never);

  assert.deepEqual(asked, [[1, 2, 3, 4, ...after(4, 12)]]);
  assert.equal(urls[3], "https://s3/4?try=1");
});

test("asks again for an address that storage refused", async (t) => {
  const { book } = await aBook(t);
  await book.of(1, [], never);

  book.forget(1);

  assert.equal(await book.of(1, [], never), "https://s3/1?try=2");
});

test("asks again for an address that has grown old", async (t) => {
  const { book } = await aBook(t, 0);

  assert.equal(await book.of(1, [], never), "https://s3/1?try=1");
  assert.equal(await book.of(1, [], never), "https://s3/1?try=2");
});

test("says so when the API signs no address, instead of asking for ever", async (t) => {
  const { client } = await aClient(t, ({ what }) =>
    what === "POST /session/refresh"
      ? [200, aSession("token")]
      : [200, { urls: {}, expiresIn: 900 }],
  );

  await assert.rejects(new PartAddressBook(client, "upload-1").of(3, [], never), /part 3/);
});
