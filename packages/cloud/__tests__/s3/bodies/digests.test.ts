import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

import { Digests } from "../../../src/s3/bodies/digests.ts";

const bytes = Buffer.from("123456789");

// Check values of each algorithm for "123456789", as its definition publishes them.
const known = {
  md5: "25f9e794323b453885f5181f1b624d0b",
  crc32: "cbf43926",
  crc32c: "e3069283",
  sha1: createHash("sha1").update(bytes).digest("hex"),
  sha256: createHash("sha256").update(bytes).digest("hex"),
};

test("digests do not depend on how the bytes come", () => {
  const names = Object.keys(known);
  const piecewise = new Digests(names);
  for (const byte of bytes) piecewise.update(Buffer.of(byte));
  for (const [name, expected] of Object.entries(known)) {
    expect(Digests.of(bytes, names).digest(name)?.toString("hex")).toBe(expected);
    expect(piecewise.digest(name)?.toString("hex")).toBe(expected);
    expect(piecewise.digest(name)?.toString("hex")).toBe(expected);
  }
});

test("only what is wanted is computed, and MD5 always", () => {
  const digests = Digests.of(bytes, ["crc32", "crc64nvme"]);
  expect(digests.md5).toBe(known.md5);
  expect(digests.digest("crc32")?.readUInt32BE()).toBe(crc32(bytes));
  expect([digests.digest("sha256"), digests.digest("crc64nvme")]).toEqual([undefined, undefined]);
});
