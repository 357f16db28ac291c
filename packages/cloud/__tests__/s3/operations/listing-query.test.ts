import { received } from "../support.ts";
import { listingQuery, pageSize } from "../../../src/s3/operations/listing-query.ts";

const request = (query: Record<string, string>) => ({
  method: "GET",
  bucket: "media",
  key: "",
  query: new Map(Object.entries(query)),
  headers: {},
  ...received(),
  now: new Date(0),
});

test("a page has at most 1000 names, and that many unless told otherwise", () => {
  expect([undefined, "5", "0", "5000"].map((text) => pageSize(text, "max-keys"))).toEqual([
    1000, 5, 0, 1000,
  ]);
  expect(() => pageSize("many", "max-keys")).toThrow("Argument max-keys must be an integer");
});

test("names are encoded only if that is asked for, slashes never", () => {
  expect(listingQuery(request({}), "max-keys").encode("a b/c")).toBe("a b/c");
  expect(listingQuery(request({ "encoding-type": "url" }), "max-keys").encode("a b/c")).toBe(
    "a%20b/c",
  );
});
