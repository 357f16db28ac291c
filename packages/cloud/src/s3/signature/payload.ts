import { SignatureFailure } from "./failure.ts";
import { hmacHex, scopeText, sha256Hex } from "./message.ts";
import { type VerifiedSignature, isEqual } from "./verify.ts";

/** A body without the wrapping of its transfer, and the headers that came behind it. */
export interface Payload {
  readonly body: Buffer;
  /** Trailing headers by lower-case name. */
  readonly trailers: Readonly<Record<string, string>>;
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
 * Unwraps a body that was sent as `aws-chunked`, verifying the signature of every chunk and of the trailer where they
 * are signed. Other bodies come back as they are.
 *
 * @param decodedLength the header `x-amz-decoded-content-length`.
 * @throws SignatureFailure
 */
export function readPayload(
  body: Buffer,
  signature: VerifiedSignature,
  decodedLength: string | undefined,
): Payload {
  const { payloadHash } = signature;
  const stream = streams[payloadHash];
  if (!stream) {
    if (payloadHash === "UNSIGNED-PAYLOAD" || /^[0-9a-f]{64}$/.test(payloadHash)) {
      return { body, trailers: {} };
    }
    throw new SignatureFailure("malformed", `x-amz-content-sha256 must not be ${payloadHash}.`);
  }
  const reader = new ChunkReader(body, stream.signed ? signature : undefined);
  const content = reader.readChunks();
  const trailers = stream.trailer ? reader.readTrailers() : {};
  reader.expectEnd();
  if (decodedLength !== String(content.length)) {
    throw new SignatureFailure(
      "incomplete-body",
      "The body's length is not what x-amz-decoded-content-length says.",
    );
  }
  return { body: content, trailers };
}

const emptyHash = sha256Hex("");

class ChunkReader {
  readonly #body: Buffer;
  readonly #signature: VerifiedSignature | undefined;
  #previous: string;
  #at = 0;

  constructor(body: Buffer, signature: VerifiedSignature | undefined) {
    this.#body = body;
    this.#signature = signature;
    this.#previous = signature?.chain.seed ?? "";
  }

  readChunks(): Buffer {
    const chunks: Buffer[] = [];
    for (;;) {
      const header = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(this.#line());
      if (!header?.[1]) throw malformed("A chunk has no valid header.");
      const size = parseInt(header[1], 16);
      const chunk = this.#take(size);
      this.#verifyChunk(chunk, header[2]);
      if (size === 0) return Buffer.concat(chunks);
      this.#expectLineEnd();
      chunks.push(chunk);
    }
  }

  readTrailers(): Record<string, string> {
    const lines: string[] = [];
    for (let line = this.#line(); line !== ""; line = this.#line()) lines.push(line);
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
  expectEnd(): void {
    const rest = this.#body.subarray(this.#at).toString("latin1");
    if (rest !== "" && rest !== "\r\n") throw malformed("The body goes on after its last chunk.");
  }

  #verifyChunk(chunk: Buffer, actual: string | undefined): void {
    if (!this.#signature) return;
    this.#verify("AWS4-HMAC-SHA256-PAYLOAD", [emptyHash, sha256Hex(chunk)], actual, "chunk");
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

  #line(): string {
    const end = this.#body.indexOf("\r\n", this.#at);
    if (end < 0) throw malformed("The body ends before its last chunk.");
    const line = this.#body.subarray(this.#at, end).toString("latin1");
    this.#at = end + 2;
    return line;
  }

  #take(size: number): Buffer {
    if (this.#at + size > this.#body.length)
      throw malformed("The body ends before its last chunk.");
    const chunk = this.#body.subarray(this.#at, this.#at + size);
    this.#at += size;
    return chunk;
  }

  #expectLineEnd(): void {
    if (this.#take(2).toString("latin1") !== "\r\n")
      throw malformed("A chunk is longer than it says.");
  }
}

function malformed(message: string): SignatureFailure {
  return new SignatureFailure("incomplete-body", message);
}
