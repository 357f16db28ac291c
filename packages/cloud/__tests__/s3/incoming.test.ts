import { openRequest, readPath, withQueryHeaders } from "../../src/s3/incoming.ts";
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

test("a request without signature is opened as nobody's", () => {
  const request = {
    method: "GET",
    path: "/media/a",
    query: [],
    headers: {},
    body: Buffer.alloc(0),
  };
  expect(openRequest(request, verifier, true).sender).toBeUndefined();
});

test("a refused signature is S3's error, in a URL by its own name", async () => {
  const signed = await signHeader({ method: "GET", path: "/media/a" });
  expect(() => openRequest({ ...signed, path: "/media/b" }, verifier, true)).toThrow(
    /The request signature we calculated does not match/,
  );
  const url = await presign({ method: "GET", path: "/media/a" }, 60);
  const query = url.query.filter(([name]) => name !== "X-Amz-Expires");
  expect(() => openRequest({ ...url, query }, verifier, true)).toThrow(
    expect.objectContaining({ code: "AuthorizationQueryParametersError" }) as Error,
  );
});

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
  const { body, headers } = openRequest(await signHeader(trailer), verifier, true);
  expect(body.toString()).toBe("hello");
  expect(headers["x-amz-checksum-crc32"]).toBe("NhCmhg==");
});

test("a platform that knows no trailers finds the body incomplete", async () => {
  const signed = await signHeader(trailer);
  expect(() => openRequest(signed, verifier, false)).toThrow(/number of bytes/);
});

test("a trailer that was not announced, and a body of unknown length, are refused", async () => {
  const { "x-amz-trailer": announced, ...headers } = trailer.headers;
  const silent = await signHeader({ ...trailer, headers });
  expect(() => openRequest(silent, verifier, true)).toThrow(
    `The trailer ${announced} was not announced.`,
  );
  const chunked = await signHeader({ method: "PUT", path: "/media/a", body: "x" });
  expect(() =>
    openRequest(
      { ...chunked, headers: { ...chunked.headers, "transfer-encoding": "chunked" } },
      verifier,
      true,
    ),
  ).toThrow("You must provide the Content-Length HTTP header.");
});
