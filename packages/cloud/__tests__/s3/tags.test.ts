import { tagContent, tagRecord, tagsFromHeader } from "../../src/s3/tags.ts";

test("tags are read from a header as from a query", () => {
  expect(tagsFromHeader("team=media&a%20b=c%26d")).toEqual({ team: "media", "a b": "c&d" });
  expect(tagsFromHeader(undefined)).toEqual({});
});

test("tags come back as they were put", () => {
  expect(tagContent({ a: "1", b: "2" })).toEqual({
    TagSet: {
      Tag: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    },
  });
});

test("a key twice and more than ten tags are refused", () => {
  expect(() => tagsFromHeader("a=1&a=2")).toThrow("Cannot provide multiple Tags with the same key");
  const many = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "" }));
  expect(() => tagRecord(many)).toThrow("Object tags cannot be greater than 10");
});
