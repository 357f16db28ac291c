import type { Box } from "./boxes.ts";

/** A piece of a fragmented film: a whole box, or some of what is in a box of media. */
export type Piece = { readonly box: Box } | { readonly media: Buffer };

/** Bytes of a size and a type. */
const headerBytes = 8;

/** Bytes of the largest box that is held as a whole: headers, never media. */
const largestBox = 16 * 1024 * 1024;

/** Splits a film into its boxes as it arrives; media are passed on as they come. */
export async function* splitFilm(body: AsyncIterable<Uint8Array>): AsyncGenerator<Piece, void> {
  const splitter = new Splitter();
  for await (const chunk of body) {
    splitter.add(chunk);
    for (let piece = splitter.next(); piece; piece = splitter.next()) yield piece;
  }
  if (!splitter.isAtEnd) throw new Error("a film that ends within a box");
}

class Splitter {
  #rest: Buffer = Buffer.alloc(0);
  #mediaLeft = 0;

  get isAtEnd(): boolean {
    return this.#mediaLeft === 0 && this.#rest.length === 0;
  }

  add(chunk: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
  }

  /** The next piece; undefined when more has to come first. */
  next(): Piece | undefined {
    if (this.#mediaLeft > 0) return this.#media();
    if (this.#rest.length < headerBytes) return undefined;
    const size = this.#rest.readUInt32BE(0);
    const type = this.#rest.toString("latin1", 4, headerBytes);
    if (size < headerBytes || (type !== "mdat" && size > largestBox))
      throw new Error(`a box ${JSON.stringify(type)} of ${size} bytes`);
    if (type === "mdat") {
      this.#mediaLeft = size - headerBytes;
      this.#take(headerBytes);
      return this.next();
    }
    if (this.#rest.length < size) return undefined;
    return { box: { type, body: this.#take(size).subarray(headerBytes) } };
  }

  #media(): Piece | undefined {
    if (this.#rest.length === 0) return undefined;
    const media = this.#take(Math.min(this.#mediaLeft, this.#rest.length));
    this.#mediaLeft -= media.length;
    return { media };
  }

  #take(bytes: number): Buffer {
    const taken = this.#rest.subarray(0, bytes);
    this.#rest = this.#rest.subarray(bytes);
    return taken;
  }
}
