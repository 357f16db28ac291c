import { z } from "zod";

import { received } from "../support.ts";
import { readBody, requires, xmlAnswer } from "../../../src/s3/operations/operation.ts";

const request = {
  method: "PUT",
  bucket: "media",
  key: "a",
  query: new Map<string, string>(),
  headers: {},
  ...received("<Tagging><Other/></Tagging>"),
  now: new Date(0),
};

test("a body of another shape is MalformedXML, with what is wrong", () => {
  expect(() => readBody(request, "Tagging", z.strictObject({}))).toThrow(
    /Unrecognized key: "Other"/,
  );
});

test("an XML answer has S3's namespace", () => {
  expect(xmlAnswer("List", { Key: "a" }).body?.toString()).toContain(
    '<List xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Key>a</Key></List>',
  );
});

test("a permission is about the object, or the bucket where there is no key", () => {
  expect(requires("s3:GetObject")(request)).toEqual([
    { action: "s3:GetObject", bucket: "media", key: "a" },
  ]);
  expect(requires("s3:ListBucket")({ ...request, key: "" })).toEqual([
    { action: "s3:ListBucket", bucket: "media" },
  ]);
});
