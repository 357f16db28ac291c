import { S3Error, errorXml } from "../../src/s3/errors.ts";

test("an error has S3's status, wording and XML, with the request's id", () => {
  const error = new S3Error("NoSuchKey", { elements: { Key: "a<b" } });

  expect(error.status).toBe(404);
  expect(errorXml(error, "/bucket/a", "R1")).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a&lt;b</Key><Resource>/bucket/a</Resource><RequestId>R1</RequestId></Error>',
  );
});

test("an error can say more than its code does", () => {
  expect(new S3Error("InvalidRequest", { message: "Because." }).message).toBe("Because.");
});
