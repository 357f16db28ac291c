import assert from "node:assert/strict";
import { test } from "node:test";

import {
  lackingParts,
  partCount,
  partLength,
  partRange,
} from "../../../../frontend/page/uploads/parts.ts";

const cut = { size: 25, partBytes: 10 };

test("cuts a file into parts of one size and a rest", () => {
  assert.equal(partCount(cut), 3);
  assert.deepEqual(partRange(cut, 1), { begin: 0, end: 10 });
  assert.deepEqual(partRange(cut, 3), { begin: 20, end: 25 });
  assert.deepEqual(
    [1, 2, 3].map((number) => partLength(cut, number)),
    [10, 10, 5],
  );
});

test("cuts a file that parts divide evenly into no part of nothing", () => {
  assert.equal(partCount({ size: 20, partBytes: 10 }), 2);
  assert.equal(partCount({ size: 1, partBytes: 10 }), 1);
});

test("sends only what storage lacks", () => {
  const stored = [
    { number: 1, bytes: 10 },
    { number: 3, bytes: 5 },
  ];

  assert.deepEqual(lackingParts(cut, stored), [2]);
  assert.deepEqual(lackingParts(cut, []), [1, 2, 3]);
});

test("sends a part again that storage has with another length: by its number alone it would be kept", () => {
  const stored = [
    { number: 1, bytes: 8 },
    { number: 2, bytes: 10 },
    { number: 3, bytes: 10 },
  ];

  assert.deepEqual(lackingParts(cut, stored), [1, 3]);
});

test("finds what lacks among ten thousand parts", () => {
  const large = { size: 10_000 * 64, partBytes: 64 };
  const stored = Array.from({ length: 9_999 }, (_, index) => ({ number: index + 1, bytes: 64 }));

  assert.deepEqual(lackingParts(large, stored), [10_000]);
});
