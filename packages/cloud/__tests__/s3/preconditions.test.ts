import { Body } from "../../src/s3/bodies/body.ts";
import { checkCopySource, checkRead, checkWrite } from "../../src/s3/preconditions.ts";
import { newBucket } from "../../src/s3/store.ts";
import { addObject } from "../../src/s3/versions.ts";

const createdAt = new Date("2026-01-01T12:00:00.900Z");
const draft = { key: "a", headers: {}, tags: {}, retention: undefined, hasLegalHold: false };
const object = addObject(
  newBucket("media", createdAt, false),
  draft,
  { body: Body.empty, etag: "tag", checksums: {} },
  createdAt,
);

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ "if-none-match": '"tag"' }, true],
  [{ "if-none-match": '"a", "tag"' }, true],
  [{ "if-none-match": "*" }, true],
  [{ "if-none-match": '"other"' }, false],
  [{ "if-modified-since": "Thu, 01 Jan 2026 12:00:00 GMT" }, true],
  [{ "if-modified-since": "Thu, 01 Jan 2026 11:59:59 GMT" }, false],
  // The entity tag is the better witness where both are there.
  [{ "if-none-match": '"other"', "if-modified-since": "Thu, 01 Jan 2026 12:00:00 GMT" }, false],
  [{ "if-match": '"tag"', "if-unmodified-since": "Thu, 01 Jan 2026 11:00:00 GMT" }, false],
])("a read with %j is not modified: %s", (headers, notModified) => {
  expect(checkRead(object, headers)).toBe(notModified);
});

test.each<[Record<string, string>]>([
  [{ "if-match": '"other"' }],
  [{ "if-unmodified-since": "Thu, 01 Jan 2026 11:00:00 GMT" }],
])("a read with %j fails", (headers) => {
  expect(() => checkRead(object, headers)).toThrow("pre-conditions");
});

test("a write can require that there is nothing, or exactly this", () => {
  expect(() => {
    checkWrite(undefined, { "if-none-match": "*" });
  }).not.toThrow();
  expect(() => {
    checkWrite(object, { "if-none-match": "*" });
  }).toThrow("pre-conditions");
  expect(() => {
    checkWrite(object, { "if-match": '"tag"' });
  }).not.toThrow();
  expect(() => {
    checkWrite(undefined, { "if-match": '"tag"' });
  }).toThrow("does not exist");
});

test("a copy fails where a read would be told that nothing changed", () => {
  expect(() => {
    checkCopySource(object, { "x-amz-copy-source-if-none-match": '"tag"' });
  }).toThrow("pre-conditions");
  expect(() => {
    checkCopySource(object, { "x-amz-copy-source-if-match": '"tag"' });
  }).not.toThrow();
});
