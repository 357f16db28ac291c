import { Readable } from "node:stream";

import { hmacHex, scopeText, sha256Hex, signingKey } from "../../../src/s3/signature/message.ts";
import { hasTrailer, readPayload } from "../../../src/s3/signature/payload.ts";

const scope = { day: "20260101", region: "us-east-1", service: "s3" };
const chain = {
  key: signingKey("secret", scope),
  date: "20260101T120000Z",
  scope,
  seed: "0".repeat(64),
};
const signature = (payloadHash: string) => ({
  accessKeyId: "KEY",
  isPresigned: false,
  payloadHash,
  chain,
});
const streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
const unsigned = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

function sign(scheme: string, previous: string, ...hashes: string[]): string {
  return hmacHex(chain.key, [scheme, chain.date, scopeText(scope), previous, ...hashes].join("\n"));
}

/** Wraps a body as an SDK does, signed chunk by chunk. */
function signedChunks(chunks: string[], trailer?: string): string {
  let previous = chain.seed;
  const lines = [...chunks, ""].map((chunk) => {
    previous = sign("AWS4-HMAC-SHA256-PAYLOAD", previous, sha256Hex(""), sha256Hex(chunk));
    const head = `${chunk.length.toString(16)};chunk-signature=${previous}\r\n`;
    return chunk === "" ? head : `${head}${chunk}\r\n`;
  });
  if (trailer === undefined) return `${lines.join("")}\r\n`;
  const tail = sign("AWS4-HMAC-SHA256-TRAILER", previous, sha256Hex(`${trailer}\n`));
  return `${lines.join("")}${trailer}\r\nx-amz-trailer-signature:${tail}\r\n\r\n`;
}

/** Reads a body that comes a few bytes at a time, as a network may bring it. */
async function read(text: string, hash: string, length: string | undefined, atATime = 3) {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / atATime) }, (_, index) =>
    bytes.subarray(index * atATime, (index + 1) * atATime),
  );
  const { content, trailers } = readPayload(Readable.from(pieces), signature(hash), length);
  const body: Buffer[] = [];
  for await (const piece of content) body.push(piece);
  return { body: Buffer.concat(body), trailers: trailers() };
}

test("signed chunks are verified one by one and joined", async () => {
  expect(await read(signedChunks(["hello ", "world"]), streaming, "11")).toEqual({
    body: Buffer.from("hello world"),
    trailers: {},
  });
  expect((await read(signedChunks([]), streaming, "0")).body).toHaveLength(0);
  expect((await read(signedChunks(["hello"]), streaming, "5", 1000)).body).toHaveLength(5);
});

test("a signed trailer is verified and read", async () => {
  const text = signedChunks(["hello"], "x-amz-checksum-crc32:NhCmhg==");
  expect(await read(text, `${streaming}-TRAILER`, "5")).toEqual({
    body: Buffer.from("hello"),
    trailers: { "x-amz-checksum-crc32": "NhCmhg==" },
  });
});

test("an unsigned body with a trailer is read", async () => {
  const text = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
  expect((await read(text, unsigned, "5")).trailers).toEqual({
    "x-amz-checksum-crc32": "NhCmhg==",
  });
});

test.each([
  [
    "a changed chunk",
    signedChunks(["hello"]).replace("hello", "HELLO"),
    streaming,
    /signature of a chunk/,
  ],
  ["a chunk without signature", "5\r\nhello\r\n0\r\n\r\n", streaming, /signature of a chunk/],
  [
    "a changed trailer",
    signedChunks(["hello"], "a:1").replace("a:1", "a:2"),
    `${streaming}-TRAILER`,
    /signature of a trailer/,
  ],
  ["a missing end", "5\r\nhello\r\n", unsigned, /ends before its last chunk/],
  ["a cut chunk", "9\r\nhello", unsigned, /ends before its last chunk/],
  ["a chunk that is too long", "3\r\nhello\r\n0\r\n\r\n", unsigned, /longer than it says/],
  ["a broken header", "five\r\nhello\r\n0\r\n\r\n", unsigned, /no valid header/],
  [
    "something behind its end",
    `${signedChunks(["hello"])}more`,
    streaming,
    /goes on after its last chunk/,
  ],
  ["a wrong length", "4\r\nhell\r\n0\r\n\r\n", unsigned, /x-amz-decoded-content-length/],
])("a stream with %s is refused", async (_what, text, hash, message) => {
  await expect(read(text, hash, "5")).rejects.toThrow(message);
});

test("a swapped order of chunks is refused: each is signed with the one before it", async () => {
  const [first = "", second = "", ...rest] = signedChunks(["aaaaa", "bbbbb"]).split(
    /(?<=(?:a{5}|b{5})\r\n)/,
  );
  await expect(read([second, first, ...rest].join(""), streaming, "10")).rejects.toThrow(
    /signature of a chunk/,
  );
});

test("other bodies come as they are, and an unknown announcement is refused", async () => {
  expect((await read("5\r\n", "UNSIGNED-PAYLOAD", undefined)).body.toString()).toBe("5\r\n");
  expect((await read("x", "a".repeat(64), undefined)).body.toString()).toBe("x");
  await expect(read("x", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "1")).rejects.toThrow(
    /must not be/,
  );
});

test("which bodies have a trailer is known from their announcement", () => {
  expect([unsigned, `${streaming}-TRAILER`, streaming, "UNSIGNED-PAYLOAD"].map(hasTrailer)).toEqual(
    [true, true, false, false],
  );
});
