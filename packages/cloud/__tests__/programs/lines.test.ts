import { Readable } from "node:stream";
import { finished } from "node:stream/promises";

import { readLines } from "../../src/programs/lines.ts";

async function linesOf(...chunks: (string | Buffer)[]) {
  const lines: string[] = [];
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  readLines(stream, (line) => lines.push(line));
  await finished(stream);
  await new Promise(setImmediate);
  return lines;
}

test("lines are put together from pieces, and the last needs no end", async () => {
  expect(await linesOf("a", "b\nc\r\n", "\nd")).toEqual(["ab", "c", "", "d"]);
});

test("a character that is cut in two comes whole", async () => {
  const [first, second] = [Buffer.from("ü").subarray(0, 1), Buffer.from("ü").subarray(1)];
  expect(await linesOf(first, second, "\n")).toEqual(["ü"]);
});

test("a line without an end is not kept in memory for ever", async () => {
  const lines = await linesOf("x".repeat(40_000), "\n");
  expect(lines.map(({ length }) => length)).toEqual([16_384, 16_384, 7232]);
});
