import { operationsOf } from "../../../src/s3/operations/configuration.ts";

const configuration = {
  subresource: "cors",
  noun: "BucketCors",
  readAction: "s3:GetBucketCORS",
  writeAction: "s3:PutBucketCORS",
  read: () => ({}),
};
const request = {
  method: "GET",
  bucket: "media",
  key: "",
  query: new Map<string, string>(),
  headers: {},
  body: Buffer.alloc(0),
  now: new Date(0),
};

test("a setting has an operation for each thing that can be done with it, each with its permission", () => {
  const operations = operationsOf({
    ...configuration,
    write: () => undefined,
    remove: () => undefined,
  });

  expect(operations.map(({ name, method, selectors }) => [name, method, selectors])).toEqual([
    ["GetBucketCors", "GET", ["cors"]],
    ["PutBucketCors", "PUT", ["cors"]],
    ["DeleteBucketCors", "DELETE", ["cors"]],
  ]);
  expect(operations.flatMap(({ permissions }) => permissions(request))).toEqual([
    { action: "s3:GetBucketCORS", bucket: "media" },
    { action: "s3:PutBucketCORS", bucket: "media" },
    // Removing a setting is a way of writing it.
    { action: "s3:PutBucketCORS", bucket: "media" },
  ]);
});

test("what a setting cannot do is no operation", () => {
  expect(operationsOf(configuration).map(({ name }) => name)).toEqual(["GetBucketCors"]);
});
