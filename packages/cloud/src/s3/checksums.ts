import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

import { S3Error } from "./errors.ts";

/** Checksums that an upload can carry, by the last part of their header's name. */
const algorithms: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  crc32: (body) => uint32(crc32(body)),
  crc32c: (body) => uint32(crc32c(body)),
  sha1: (body) => createHash("sha1").update(body).digest(),
  sha256: (body) => createHash("sha256").update(body).digest(),
};

const crc32cTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  // The polynomial of Castagnoli, reflected (RFC 3720, appendix B.4).
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(body: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of body) crc = (crc32cTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

const prefix = "x-amz-checksum-";

/** Headers that S3 calls checksums but that carry none. */
const settings = new Set([`${prefix}mode`, `${prefix}algorithm`, `${prefix}type`]);

/** The entity tag of a body that was sent in one piece, without quotes. */
export function md5(body: Buffer): string {
  return createHash("md5").update(body).digest("hex");
}

/**
 * Compares a body with every checksum sent with it, in headers or in a trailer.
 *
 * @returns the checksums, to be stored with the object and given back on request.
 * @throws S3Error `BadDigest` where one differs, `InvalidDigest` where Content-MD5 is none, `NotImplemented` for an
 *   algorithm that is not known here.
 */
export function verifyChecksums(
  body: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  verifyContentMd5(body, headers["content-md5"]);
  const checksums: Record<string, string> = {};
  for (const [name, expected] of Object.entries(headers)) {
    if (!name.startsWith(prefix) || settings.has(name) || expected === undefined) continue;
    const algorithm = algorithms[name.slice(prefix.length)];
    if (!algorithm) {
      throw new S3Error("NotImplemented", { message: `The checksum ${name} is not implemented.` });
    }
    if (algorithm(body).toString("base64") !== expected) {
      const called = name.slice(prefix.length).toUpperCase();
      throw new S3Error("BadDigest", {
        message: `The ${called} you specified did not match the calculated checksum.`,
      });
    }
    checksums[name] = expected;
  }
  return checksums;
}

function verifyContentMd5(body: Buffer, expected: string | undefined): void {
  if (expected === undefined) return;
  const digest = Buffer.from(expected, "base64");
  if (digest.length !== 16) throw new S3Error("InvalidDigest");
  if (digest.toString("hex") !== md5(body)) {
    throw new S3Error("BadDigest", {
      message: "The Content-MD5 you specified did not match what we received.",
    });
  }
}
