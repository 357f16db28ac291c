import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Body } from "../../../src/s3/bodies/body.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "mam-body-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function onDisk(text: string) {
  const file = { path: join(directory, text.slice(0, 8)), readers: 0 };
  await writeFile(file.path, text);
  return { file, body: Body.inFile(file, Buffer.byteLength(text)) };
}

const inMemory = (text: string) => Body.of(Buffer.from(text));

async function streamed(body: Body): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const bytes of body.chunks()) chunks.push(bytes);
  return Buffer.concat(chunks).toString();
}

test("a body is read in one go or as it is taken, from memory and from disk", async () => {
  const { body } = await onDisk("on disk");
  const whole = Body.joined([inMemory("before "), body, inMemory(" after")]);
  expect(whole.length).toBe(20);
  expect(whole.toString()).toBe("before on disk after");
  expect(await streamed(whole)).toBe("before on disk after");
  expect([whole.isInMemory, inMemory("a").isInMemory]).toEqual([false, true]);
});

test("every slice is what the same slice of the bytes is", async () => {
  const whole = Body.joined([inMemory("abc"), (await onDisk("defg")).body, inMemory("hi")]);
  const bytes = Buffer.from("abcdefghi");
  for (let start = 0; start <= bytes.length; start++) {
    for (let end = start; end <= bytes.length; end++) {
      const slice = whole.slice(start, end);
      expect([slice.length, await streamed(slice)]).toEqual([
        end - start,
        bytes.subarray(start, end).toString(),
      ]);
      expect(slice.slice(0, 2).toString()).toBe(
        bytes.subarray(start, end).subarray(0, 2).toString(),
      );
    }
  }
});

test("a file larger than what is read at a time comes whole", async () => {
  const text = "0123456789".repeat(100_000);
  const { body } = await onDisk(text);
  expect(await streamed(body)).toBe(text);
  expect(body.toString()).toBe(text);
  expect(await streamed(body.slice(300_001, 900_002))).toBe(text.slice(300_001, 900_002));
});

test("a file has a reader until its reading has ended, however that comes about", async () => {
  const { body, file } = await onDisk("on disk");
  const reading = body.chunks();
  expect(file.readers).toBe(0);
  await reading.next();
  expect(file.readers).toBe(1);
  await reading.return();
  expect(file.readers).toBe(0);
});

test("a file that was cut is no shorter body", async () => {
  const { body, file } = await onDisk("on disk");
  await writeFile(file.path, "on");
  await expect(streamed(body)).rejects.toThrow("shorter than it was");
  expect(() => body.bytes()).toThrow("shorter than it was");
});
