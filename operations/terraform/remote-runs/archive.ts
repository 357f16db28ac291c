import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Everything of a stack's directory that a run needs. Nothing else is ever sent: no plan, no state, no values, whatever
 * lies there.
 */
const sent = ["cdk.tf.json", ".terraform.lock.hcl"] as const;

/** Bytes of a block of a tar; files are filled up to whole ones. */
const block = 512;

/** What a run executes: a gzipped tar of a stack's Terraform JSON, and of the lock file where there is one. */
export function archiveOf(directory: string): Buffer {
  const files = sent
    .map((name) => ({ name, path: join(directory, name) }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => entryOf(name, readFileSync(path)));
  // Two empty blocks end it (POSIX, pax: ustar interchange format).
  return gzipSync(Buffer.concat([...files, Buffer.alloc(2 * block)]));
}

function entryOf(name: string, content: Buffer): Buffer {
  const rest = (block - (content.length % block)) % block;
  return Buffer.concat([headerOf(name, content.length), content, Buffer.alloc(rest)]);
}

/** Fields of a header that are not empty, with where each begins. */
function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(name, 0);
  header.write(octal(0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  // The sum is made as if it were eight spaces itself.
  header.write(" ".repeat(8), 148);
  header.write("0", 156);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148);
  return header;
}
