import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Something that is computed over bytes as they come. */
interface Running {
  update(bytes: Buffer): void;
  digest(): Buffer;
}

const crc32cTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  // The polynomial of Castagnoli, reflected (RFC 3720, appendix B.4).
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(bytes: Buffer, before: number): number {
  let crc = before ^ 0xffffffff;
  for (const byte of bytes) crc = (crc32cTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function runningCrc(crc: (bytes: Buffer, before: number) => number): Running {
  let value = 0;
  return {
    update: (bytes) => {
      value = crc(bytes, value);
    },
    digest: () => {
      const result = Buffer.alloc(4);
      result.writeUInt32BE(value);
      return result;
    },
  };
}

/** What can be computed of a body, by the name that S3 has for it. */
const algorithms: Readonly<Record<string, () => Running>> = {
  md5: () => createHash("md5"),
  crc32: () => runningCrc(crc32),
  crc32c: () => runningCrc(crc32c),
  sha1: () => createHash("sha1"),
  sha256: () => createHash("sha256"),
};

/** Digests of a body, computed while its bytes pass by. */
export class Digests {
  readonly #running: ReadonlyMap<string, Running>;
  readonly #results = new Map<string, Buffer>();

  /** @param names of the digests that are wanted beside MD5, which every entity tag is; unknown ones are left out. */
  constructor(names: Iterable<string> = []) {
    const wanted = new Set(["md5", ...names]);
    this.#running = new Map(
      [...wanted].flatMap((name) => {
        const begin = algorithms[name];
        return begin ? [[name, begin()]] : [];
      }),
    );
  }

  /** The digests of bytes that are there already. */
  static of(bytes: Buffer, names: Iterable<string> = []): Digests {
    const digests = new Digests(names);
    digests.update(bytes);
    return digests;
  }

  /** Takes further bytes in. */
  update(bytes: Buffer): void {
    for (const running of this.#running.values()) running.update(bytes);
  }

  /** A digest of all bytes; undefined for one that was not wanted or is not known. Nothing may be taken in after it. */
  digest(name: string): Buffer | undefined {
    const known = this.#results.get(name) ?? this.#running.get(name)?.digest();
    if (known) this.#results.set(name, known);
    return known;
  }

  /** The entity tag of bytes that came in one piece, without quotes. */
  get md5(): string {
    return this.digest("md5")?.toString("hex") ?? "";
  }
}
