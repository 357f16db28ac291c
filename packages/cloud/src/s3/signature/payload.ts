import { createHash } from "node:crypto";

import { SignatureFailure } from "./failure.ts";
import { hmacHex, scopeText, sha256Hex } from "./message.ts";
import { type VerifiedSignature, isEqual } from "./verify.ts";

/** A body without the wrapping of its transfer, and the headers that come behind it. */
export interface Payload {
  /** To be read to its end, which is where its wrapping turns out to be right. @throws SignatureFailure */
  readonly content: AsyncIterable<Buffer>;
  /** Trailing headers by lower-case name; known when the content was read. */
  readonly trailers: () => Readonly<Record<string, string>>;
}

/** The ways in which S3 clients send a body in chunks (AWS Signature Version 4, multiple chunks). */
const streams: Readonly<Record<string, { readonly signed: boolean; readonly trailer: boolean }>> = {
  "STREAMING-UNSIGNED-PAYLOAD-TRAILER": { signed: false, trailer: true },
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD": { signed: true, trailer: false },
  "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER": { signed: true, trailer: true },
};

/** Whether a payload hash announces chunks with a trailing checksum. */
export function hasTrailer(payloadHash: string): boolean {
  return streams[payloadHash]?.trailer ?? false;
}

/**
 * Unwraps a body that is sent as `aws-chunked`, verifying the signature of every chunk and of the trailer where they
 * are signed. Other bodies come back as they are.
 *
 * @param decodedLength the header `x-amz-decoded-content-length`.
 * @throws SignatureFailure for a way of sending that there is not.
 */
export function readPayload(
  source: AsyncIterable<Buffer>,
  signature: VerifiedSignature,
  decodedLength: string | undefined,
): Payload {
  const { payloadHash } = signature;
  const stream = streams[payloadHash];
  if (!stream) {
    if (payloadHash === "UNSIGNED-PAYLOAD" || /^[0-9a-f]{64}$/.test(payloadHash)) {
      return { content: source, trailers: () => ({}) };
    }
    throw new SignatureFailure("malformed", `x-amz-content-sha256 must not be ${payloadHash}.`);
  }
  const chunks = new ChunkReader(source, stream.signed ? signature : undefined);
  let trailers = {};
  async function* content() {
    let length = 0;
    for await (const bytes of chunks.readChunks()) {
      length += bytes.length;
      yield bytes;
    }
    if (stream?.trailer) trailers = await chunks.readTrailers();
    await chunks.expectEnd();
    if (decodedLength !== String(length)) {
      throw new SignatureFailure(
        "incomplete-body",
        "The body's length is not what x-amz-decoded-content-length says.",
      );
    }
  }
  return { content: content(), trailers: () => trailers };
}

const emptyHash = sha256Hex("");

/** Longest line around the chunks, in bytes: that of a trailer is far shorter. */
const longestLine = 16 * 1024;

class ChunkReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #signature: VerifiedSignature | undefined;
  #previous: string;
  /** What came and was not read yet. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>, signature: VerifiedSignature | undefined) {
    this.#source = source[Symbol.asyncIterator]();
    this.#signature = signature;
    this.#previous = signature?.chain.seed ?? "";
  }

  async *readChunks(): AsyncGenerator<Buffer, void, undefined> {
    for (;;) {
      const line = await this.#line();
      const header = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
      if (!header?.[1]) throw malformed("A chunk has no valid header.");
      const size = parseInt(header[1], 16);
      const hash = createHash("sha256");
      for await (const bytes of this.#take(size)) {
        if (this.#signature) hash.update(bytes);
        yield bytes;
      }
      this.#verifyChunk(hash.digest("hex"), header[2]);
      if (size === 0) return;
      await this.#expectLineEnd();
    }
  }

  async readTrailers(): Promise<Record<string, string>> {
    const lines: string[] = [];
    for (let line = await this.#line(); line !== ""; line = await this.#line()) lines.push(line);
    const trailers = Object.fromEntries(
      lines.map((line) => {
        const at = line.indexOf(":");
        if (at < 1) throw malformed("A trailing header has no name.");
        return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
      }),
    );
    const { "x-amz-trailer-signature": signature, ...rest } = trailers;
    if (this.#signature) this.#verifyTrailers(rest, signature);
    return rest;
  }

  /** After the last chunk, or the trailers, nothing but an empty line may follow. */
  async expectEnd(): Promise<void> {
    while (this.#rest.length <= 2 && (await this.#more()));
    const rest = this.#rest.toString("latin1");
    if (rest !== "" && rest !== "\r\n") throw malformed("The body goes on after its last chunk.");
  }

  #verifyChunk(hash: string, actual: string | undefined): void {
    if (!this.#signature) return;
    this.#verify("AWS4-HMAC-SHA256-PAYLOAD", [emptyHash, hash], actual, "chunk");
  }

  #verifyTrailers(trailers: Record<string, string>, actual: string | undefined): void {
    const text = Object.entries(trailers)
      .sort(([first], [second]) => (first < second ? -1 : 1))
      .map(([name, value]) => `${name}:${value}\n`)
      .join("");
    this.#verify("AWS4-HMAC-SHA256-TRAILER", [sha256Hex(text)], actual, "trailer");
  }

  #verify(
    scheme: string,
    hashes: readonly string[],
    actual: string | undefined,
    what: string,
  ): void {
    if (!this.#signature) return;
    const { key, date, scope } = this.#signature.chain;
    const text = [scheme, date, scopeText(scope), this.#previous, ...hashes].join("\n");
    const expected = hmacHex(key, text);
    if (actual === undefined || !isEqual(expected, actual)) {
      throw new SignatureFailure("mismatch", `The signature of a ${what} does not match.`);
    }
    this.#previous = expected;
  }

  /** Reads on. @returns whether anything came. */
  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#rest = this.#rest.length === 0 ? next.value : Buffer.concat([this.#rest, next.value]);
    return true;
  }

  async #line(): Promise<string> {
    let end = this.#rest.indexOf("\r\n");
    while (end < 0) {
      if (this.#rest.length > longestLine || !(await this.#more())) throw endsEarly();
      end = this.#rest.indexOf("\r\n");
    }
    const line = this.#rest.subarray(0, end).toString("latin1");
    this.#rest = this.#rest.subarray(end + 2);
    return line;
  }

  async *#take(size: number): AsyncGenerator<Buffer, void, undefined> {
    for (let left = size; left > 0;) {
      if (this.#rest.length === 0 && !(await this.#more())) throw endsEarly();
      const bytes = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(bytes.length);
      left -= bytes.length;
      yield bytes;
    }
  }

  async #expectLineEnd(): Promise<void> {
    while (this.#rest.length < 2) if (!(await this.#more())) throw endsEarly();
    if (this.#rest.subarray(0, 2).toString("latin1") !== "\r\n") {
      throw malformed("A chunk is longer than it says.");
    }
    this.#rest = this.#rest.subarray(2);
  }
}

const endsEarly = () => malformed("The body ends before its last chunk.");

function malformed(message: string): SignatureFailure {
  return new SignatureFailure("incomplete-body", message);
}
