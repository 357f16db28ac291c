import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { setTimeout } from "node:timers/promises";

/** How often a file is looked at that a process writes into, in milliseconds: quick enough to be watched by a person. */
const pause = 100;

/** How much is read of a file at once, in bytes. */
const chunk = 64 * 1024;

/**
 * A file that takes what a process writes. A pipe would end with the process that reads it, and whoever writes on dies
 * of that; a file takes on whatever comes, whoever is still there to read it.
 */
export interface OutputFile {
  /** For the process that writes. */
  readonly descriptor: number;
  /** Every line as it comes, until the process that writes has ended. */
  lines(ended: Promise<unknown>): AsyncGenerator<string>;
  /** All of it, without the last line break. */
  text(): string;
  /** Removes it. */
  remove(): void;
}

/** Makes a file for what a process writes, which nobody else may read: it may contain secrets. */
export function openOutputFile(directory: string, name: string): OutputFile {
  const file = join(directory, `${name}-${randomBytes(4).toString("hex")}`);
  const descriptor = openSync(file, "wx", 0o600);
  return {
    descriptor,
    lines: (ended) => linesOf(file, ended),
    text: () => readFileSync(file, "utf8").replace(/\n$/, ""),
    remove: () => {
      closeSync(descriptor);
      rmSync(file, { force: true });
    },
  };
}

async function* linesOf(file: string, ended: Promise<unknown>): AsyncGenerator<string> {
  let isOver = false;
  const over = ended.finally(() => (isOver = true));
  const handle = await open(file);
  try {
    let begun = "";
    for await (const text of textOf(handle, () => isOver, over)) {
      const [last = "", ...whole] = `${begun}${text}`.split("\n").reverse();
      begun = last;
      yield* whole.reverse();
    }
    if (begun !== "") yield begun;
  } finally {
    await handle.close();
  }
}

/** What is written into a file, piece by piece, until nothing more can come. */
async function* textOf(
  handle: FileHandle,
  isOver: () => boolean,
  over: Promise<unknown>,
): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(chunk);
  for (;;) {
    // Asked before reading: what is written until the end is read after it.
    const isLast = isOver();
    const { bytesRead } = await handle.read(buffer, 0, chunk);
    if (bytesRead > 0) yield decoder.write(buffer.subarray(0, bytesRead));
    else if (isLast) return;
    else await Promise.race([over, setTimeout(pause, undefined, { ref: false })]);
  }
}
