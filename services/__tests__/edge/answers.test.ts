import assert from "node:assert/strict";
import { test } from "node:test";

import { readAnswer } from "../../edge/src/origin/answers.ts";
import { parseResponseHead } from "../../edge/src/origin/response-head.ts";

const head = (text: string) => parseResponseHead(text.replaceAll("\n", "\r\n"));

test("a head is read, names in any case", () => {
  const read = head('HTTP/1.1 206 Partial Content\nETag: "a"\ncontent-LENGTH:  10 ');
  assert.equal(read?.status, 206);
  assert.equal(read.headers.get("etag"), '"a"');
  assert.equal(read.headers.get("content-length"), "10");
});

for (const text of [
  "",
  "HTTP/2 200",
  "HTTP/1.0 200 OK",
  "HTTP/1.1 20",
  "HTTP/1.1 200 OK\nno colon",
  "HTTP/1.1 200 OK\n folded: x",
]) {
  test(`${JSON.stringify(text)} is no head`, () => {
    assert.equal(head(text), undefined);
  });
}

for (const [text, why] of [
  ["HTTP/1.1 200 OK", "no length"],
  ["HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Length: 5", "two lengths"],
  ["HTTP/1.1 200 OK\nContent-Length: -5", "a length that is none"],
  ["HTTP/1.1 403 Forbidden\nContent-Length: 5", "an error"],
  ["HTTP/1.1 206 OK\nContent-Length: 5", "a part of nothing"],
  ["HTTP/1.1 206 OK\nContent-Length: 5\nContent-Range: bytes 0-9/10", "a part of another length"],
  ["HTTP/1.1 301 Moved\nContent-Length: 0", "another place"],
] as const) {
  test(`an answer with ${why} is left to the SDK`, () => {
    const read = head(text);
    assert.ok(read);
    assert.equal(readAnswer(read), undefined);
  });
}
