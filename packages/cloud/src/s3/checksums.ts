import type { Digests } from "./bodies/digests.ts";
import { S3Error } from "./errors.ts";

type Headers = Readonly<Record<string, string | undefined>>;

/** Checksums that an upload can carry, by the last part of their header's name. */
const algorithms = new Set(["crc32", "crc32c", "sha1", "sha256"]);

const prefix = "x-amz-checksum-";

/** Headers that S3 calls checksums but that carry none. */
const settings = new Set([`${prefix}mode`, `${prefix}algorithm`, `${prefix}type`]);

const isChecksum = (name: string) => name.startsWith(prefix) && !settings.has(name);

/** The digests that have to be computed of a body: for checksums in its headers, and for those announced to come behind it. */
export function announcedChecksums(headers: Headers): string[] {
  const trailers = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim());
  return [...Object.keys(headers), ...trailers]
    .filter(isChecksum)
    .map((name) => name.slice(prefix.length));
}

/**
 * Compares a body with every checksum sent with it, in headers or in a trailer.
 *
 * @param digests of the body, with those that were announced.
 * @returns the checksums, to be stored with the object and given back on request.
 * @throws S3Error `BadDigest` where one differs, `InvalidDigest` where Content-MD5 is none, `NotImplemented` for an
 *   algorithm that is not known here.
 */
export function verifyChecksums(digests: Digests, headers: Headers): Record<string, string> {
  verifyContentMd5(digests, headers["content-md5"]);
  const checksums: Record<string, string> = {};
  for (const [name, expected] of Object.entries(headers)) {
    if (!isChecksum(name) || expected === undefined) continue;
    const algorithm = name.slice(prefix.length);
    if (!algorithms.has(algorithm)) {
      throw new S3Error("NotImplemented", { message: `The checksum ${name} is not implemented.` });
    }
    if (digests.digest(algorithm)?.toString("base64") !== expected) {
      throw new S3Error("BadDigest", {
        message: `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      });
    }
    checksums[name] = expected;
  }
  return checksums;
}

function verifyContentMd5(digests: Digests, expected: string | undefined): void {
  if (expected === undefined) return;
  const digest = Buffer.from(expected, "base64");
  if (digest.length !== 16) throw new S3Error("InvalidDigest");
  if (digest.toString("hex") !== digests.md5) {
    throw new S3Error("BadDigest", {
      message: "The Content-MD5 you specified did not match what we received.",
    });
  }
}
