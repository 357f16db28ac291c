import { Readable } from "node:stream";

import { Spool } from "../../src/s3/bodies/spool.ts";
import { identify, readPath, receiveBody, withQueryHeaders } from "../../src/s3/incoming.ts";
import type { IncomingRequest } from "../../src/s3/signature/message.ts";
import { presign, signHeader, verifier } from "./signature/signer.ts";

test("bucket and key are read from the path, percent-encoding undone once", () => {
  expect(readPath("/")).toEqual({ bucket: "", key: "" });
  expect(readPath("/media")).toEqual({ bucket: "media", key: "" });
  expect(readPath("/media/")).toEqual({ bucket: "media", key: "" });
  expect(readPath("/media/a//b%20%2525/")).toEqual({ bucket: "media", key: "a//b %25/" });
});

test("a key has at most 1024 bytes", () => {
  expect(readPath(`/media/${"%C3%BC".repeat(512)}`).key).toHaveLength(512);
  expect(() => readPath(`/media/${"%C3%BC".repeat(513)}`)).toThrow("Your key is too long");
});

test("headers in a presigned URL's query count as headers, the signature's own parameters do not", async () => {
  const url = await presign(
    { method: "PUT", path: "/media/a", headers: { "x-amz-meta-a": "1", "x-amz-acl": "private" } },
    60,
  );
  expect(withQueryHeaders(url)).toEqual({
    host: "127.0.0.1",
    "x-amz-acl": "private",
    "x-amz-meta-a": "1",
  });
});

test("a request without signature is nobody's", () => {
  const request = { method: "GET", path: "/media/a", query: [], headers: {}, body: undefined };
  expect(identify(request, verifier).signature).toBeUndefined();
});

test("a refused signature is S3's error, in a URL by its own name", async () => {
  const signed = await signHeader({ method: "GET", path: "/media/a" });
  expect(() => identify({ ...signed, path: "/media/b" }, verifier)).toThrow(
    /The request signature we calculated does not match/,
  );
  const url = await presign({ method: "GET", path: "/media/a" }, 60);
  const query = url.query.filter(([name]) => name !== "X-Amz-Expires");
  expect(() => identify({ ...url, query }, verifier)).toThrow(
    expect.objectContaining({ code: "AuthorizationQueryParametersError" }) as Error,
  );
});

const spool = new Spool();
afterAll(() => spool.close());

/** Receives the body of a request, which comes after its headers. */
function receive(request: IncomingRequest, { acceptsTrailers = true, limit = 1000 } = {}) {
  const announced = { ...request, body: undefined };
  const source = Readable.from(request.body ? [request.body] : []);
  const rules = { acceptsTrailers, limit, spool };
  return receiveBody(announced, identify(announced, verifier), source, rules);
}

const trailer = {
  method: "PUT",
  path: "/media/a",
  headers: {
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-decoded-content-length": "5",
    "x-amz-trailer": "x-amz-checksum-crc32",
  },
  body: "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n",
};

test("a checksum behind the body counts as a header", async () => {
  const { body, headers, digests } = await receive(await signHeader(trailer));
  expect(body.toString()).toBe("hello");
  expect(headers["x-amz-checksum-crc32"]).toBe("NhCmhg==");
  expect(digests.digest("crc32")?.toString("base64")).toBe("NhCmhg==");
});

test("a platform that knows no trailers finds the body incomplete", async () => {
  const signed = await signHeader(trailer);
  await expect(receive(signed, { acceptsTrailers: false })).rejects.toThrow(/number of bytes/);
});

test("a trailer that was not announced, and a body of unknown length, are refused", async () => {
  const { "x-amz-trailer": announced, ...headers } = trailer.headers;
  const silent = await signHeader({ ...trailer, headers });
  await expect(receive(silent)).rejects.toThrow(`The trailer ${announced} was not announced.`);
  const chunked = await signHeader({ method: "PUT", path: "/media/a", body: "x" });
  const unknown = { ...chunked, headers: { ...chunked.headers, "transfer-encoding": "chunked" } };
  await expect(receive(unknown)).rejects.toThrow(
    "You must provide the Content-Length HTTP header.",
  );
});

test("a body that is not the one that was signed is refused at its end", async () => {
  const signed = await signHeader({ method: "PUT", path: "/media/a", body: "hello" });
  const other = { ...signed, body: Buffer.from("HELLO") };
  await expect(receive(other)).rejects.toThrow(
    expect.objectContaining({ code: "XAmzContentSHA256Mismatch" }) as Error,
  );
});

test("a body that is too long is refused, and at once if its length is known", async () => {
  const signed = await signHeader({ method: "PUT", path: "/media/a", body: "hello" });
  const tooLarge = expect.objectContaining({ code: "EntityTooLarge" }) as Error;
  await expect(receive(signed, { limit: 4 })).rejects.toThrow(tooLarge);
  const announced = {
    ...signed,
    headers: { ...signed.headers, "content-length": "6000" },
    body: undefined,
  };
  let read = false;
  const source = Readable.from([Buffer.from("x")]).map((bytes: Buffer) => ((read = true), bytes));
  const rules = { acceptsTrailers: true, limit: 1000, spool };
  const sender = identify({ ...announced, headers: signed.headers }, verifier);
  const long = { ...sender, headers: announced.headers };
  await expect(receiveBody(announced, long, source, rules)).rejects.toThrow(tooLarge);
  expect(read).toBe(false);
});
