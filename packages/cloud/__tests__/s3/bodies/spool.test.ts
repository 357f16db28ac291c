import { existsSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import { Readable } from "node:stream";

import { type SpoolFile } from "../../../src/s3/bodies/body.ts";
import { BodyTooLong, Spool, memoryBytes } from "../../../src/s3/bodies/spool.ts";

let spool: Spool;
beforeEach(() => {
  spool = new Spool();
});
afterEach(() => spool.close());

const ofLength = (length: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(length / 65_536) }, (_, index) =>
      Buffer.alloc(Math.min(65_536, length - index * 65_536), index % 256),
    ),
  );
const nothing = () => new Set<SpoolFile>();

test("a small body stays in memory, a larger one is on disk", async () => {
  const small = await spool.receive(ofLength(memoryBytes), Infinity);
  const large = await spool.receive(ofLength(3_000_000), Infinity);
  expect([small.isInMemory, small.length]).toEqual([true, memoryBytes]);
  expect([large.isInMemory, large.length]).toEqual([false, 3_000_000]);
  const chunks = await ofLength(3_000_000).toArray();
  expect(large.bytes().equals(Buffer.concat(chunks as Buffer[]))).toBe(true);
});

test("a body that is too long, or that breaks off, leaves nothing", async () => {
  const kept = await spool.receive(ofLength(1_000_000), Infinity);
  const directory = dirname(kept.files()[0]!.path);
  await expect(spool.receive(ofLength(1_000_000), 999_999)).rejects.toThrow(BodyTooLong);
  async function* broken() {
    yield* ofLength(1_000_000) as AsyncIterable<Buffer>;
    throw new Error("the client left");
  }
  await expect(spool.receive(broken(), Infinity)).rejects.toThrow("the client left");
  expect(readdirSync(directory)).toHaveLength(1);
});

test("a file stays while it is needed, being read, or on its way to where it belongs", async () => {
  const body = await spool.receive(ofLength(1_000_000), Infinity);
  const [file] = body.files();
  await spool.sweep(nothing);
  expect(existsSync(file!.path)).toBe(true);
  spool.release(body);
  await spool.sweep(() => new Set([file!]));
  const reading = body.chunks();
  await reading.next();
  await spool.sweep(nothing);
  expect(existsSync(file!.path)).toBe(true);
  await reading.return();
  await spool.sweep(nothing);
  expect(existsSync(file!.path)).toBe(false);
});

test("what is closed leaves no directory", async () => {
  const body = await spool.receive(ofLength(1_000_000), Infinity);
  const directory = dirname(body.files()[0]!.path);
  await spool.close();
  expect(existsSync(directory)).toBe(false);
});
