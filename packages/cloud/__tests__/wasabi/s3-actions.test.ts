import { levelsOfAction, s3Actions } from "../../src/wasabi/s3-actions.ts";

test("each permission is about the account, a bucket or objects", () => {
  expect(s3Actions.get("s3:ListAllMyBuckets")).toBe("account");
  expect(s3Actions.get("s3:ListBucket")).toBe("bucket");
  expect(s3Actions.get("s3:PutObject")).toBe("object");
  expect(s3Actions.get("s3:GetObjects")).toBeUndefined();
});

test("a pattern has the levels of all that it matches, whatever its case", () => {
  expect(levelsOfAction("S3:getobject*")).toEqual(new Set(["object"]));
  expect(levelsOfAction("s3:*")).toEqual(new Set(["account", "bucket", "object"]));
  expect(levelsOfAction("s3:GetObjects")).toEqual(new Set());
});
