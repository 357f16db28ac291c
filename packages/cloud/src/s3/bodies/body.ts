import { closeSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";

/** A file that bodies on disk consist of. It is written once and never changed. */
export interface SpoolFile {
  readonly path: string;
  /** How many are reading it, or are about to: it is not removed meanwhile. */
  readers: number;
}

type Piece =
  | { readonly bytes: Buffer; readonly length: number }
  | { readonly file: SpoolFile; readonly offset: number; readonly length: number };

/** Bytes that are read from a file at a time. */
const chunkBytes = 256 * 1024;

/**
 * The bytes of an object, a part or an answer: in memory, on disk, or in pieces of both. They never change, so that a copy,
 * a range or an object made of parts shares them.
 */
export class Body {
  static readonly empty = Body.of(Buffer.alloc(0));

  /** How many bytes there are. */
  readonly length: number;
  readonly #pieces: readonly Piece[];

  private constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    this.length = pieces.reduce((sum, { length }) => sum + length, 0);
  }

  /** Bytes in memory. */
  static of(bytes: Buffer): Body {
    return new Body([{ bytes, length: bytes.length }]);
  }

  /** The bytes of a whole file. */
  static inFile(file: SpoolFile, length: number): Body {
    return new Body([{ file, offset: 0, length }]);
  }

  /** Several bodies behind each other. */
  static joined(bodies: readonly Body[]): Body {
    return new Body(bodies.flatMap((body) => body.#pieces));
  }

  /** The bytes from a position up to, and without, another one. */
  slice(start: number, end: number): Body {
    let at = 0;
    const pieces = this.#pieces.flatMap((piece) => {
      const [from, to] = [Math.max(start - at, 0), Math.min(end - at, piece.length)];
      at += piece.length;
      return from < to ? [cut(piece, from, to)] : [];
    });
    return new Body(pieces);
  }

  /** Whether no byte of it is on disk. */
  get isInMemory(): boolean {
    return this.files().length === 0;
  }

  /** The files that it needs. */
  files(): SpoolFile[] {
    return this.#pieces.flatMap((piece) => ("file" in piece ? [piece.file] : []));
  }

  /** Its bytes, a piece of memory at a time. @throws when a file is gone. */
  async *chunks(): AsyncGenerator<Buffer, void, undefined> {
    const files = this.files();
    for (const file of files) file.readers += 1;
    try {
      for (const piece of this.#pieces) {
        if ("bytes" in piece) yield piece.bytes;
        else yield* chunksOf(piece);
      }
    } finally {
      for (const file of files) file.readers -= 1;
    }
  }

  /** All bytes at once: for documents and other small bodies. */
  bytes(): Buffer {
    const parts = this.#pieces.map((piece) => ("bytes" in piece ? piece.bytes : readAll(piece)));
    return parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts);
  }

  /** All of it as text. */
  toString(encoding: BufferEncoding = "utf8"): string {
    return this.bytes().toString(encoding);
  }
}

function cut(piece: Piece, from: number, to: number): Piece {
  const length = to - from;
  return "bytes" in piece
    ? { bytes: piece.bytes.subarray(from, to), length }
    : { file: piece.file, offset: piece.offset + from, length };
}

type FilePiece = Extract<Piece, { readonly file: SpoolFile }>;

async function* chunksOf({ file, offset, length }: FilePiece) {
  const handle = await open(file.path);
  try {
    for (let at = 0; at < length;) {
      const size = Math.min(chunkBytes, length - at);
      const { bytesRead, buffer } = await handle.read(
        Buffer.allocUnsafe(size),
        0,
        size,
        offset + at,
      );
      if (bytesRead === 0) throw new Error(`${file.path} is shorter than it was.`);
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function readAll({ file, offset, length }: FilePiece): Buffer {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(file.path, "r");
  try {
    for (let at = 0; at < length;) {
      const read = readSync(descriptor, bytes, at, length - at, offset + at);
      if (read === 0) throw new Error(`${file.path} is shorter than it was.`);
      at += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return bytes;
}
