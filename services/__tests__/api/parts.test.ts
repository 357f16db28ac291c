import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bytesOfPart,
  compareParts,
  partBytesFor,
  partCount,
  partNumbers,
  rangeOfPart,
} from "../../api/src/uploads/parts.ts";
import { tagOfParts } from "../../api/src/storage.ts";

const part = (number: number, bytes: number) => ({ number, bytes, etag: `"${"0".repeat(32)}"` });

test("the parts of a file are of one size, and the last is what remains", () => {
  const file = { size: 12, partBytes: 5 };
  assert.deepEqual(
    partNumbers(file).map((number) => bytesOfPart(file, number)),
    [5, 5, 2],
  );
  assert.deepEqual(
    partNumbers(file).map((number) => rangeOfPart(file, number)),
    [
      [0, 4],
      [5, 9],
      [10, 11],
    ],
  );
  assert.equal(bytesOfPart({ size: 10, partBytes: 5 }, 2), 5);
  assert.equal(bytesOfPart({ size: 1, partBytes: 5 }, 1), 1);
});

test("a file of 5 TiB has as many parts as S3 takes, whatever the setting", () => {
  const size = 5 * 2 ** 40;
  const partBytes = partBytesFor(size, 64 * 2 ** 20);

  assert.ok(partCount({ size, partBytes }) <= 10_000);
  assert.equal(partBytesFor(2 ** 30, 64 * 2 ** 20), 64 * 2 ** 20);
});

test("parts of the right number and another size are missing, and those that the file has not are ignored", () => {
  const { good, missing } = compareParts({ size: 12, partBytes: 5 }, [
    part(1, 5),
    part(2, 4),
    part(3, 2),
    part(4, 5),
  ]);

  assert.deepEqual(
    good.map(({ number }) => number),
    [1, 3],
  );
  assert.deepEqual(missing, [2]);
});

test("the tag of parts is that of storage: the MD5 of their MD5s, and how many they are", () => {
  const empty = "d41d8cd98f00b204e9800998ecf8427e";
  const parts = [1, 2].map((number) => ({ number, bytes: 0, etag: `"${empty}"` }));

  assert.equal(tagOfParts(parts), '"5873dd45edd01f09c1ef2e7819369e8e-2"');
});
