import { z } from "zod";

import {
  QueryError,
  action,
  entityName,
  entityPath,
  page,
  queryErrorXml,
  resultXml,
} from "../../../src/wasabi/iam/query.ts";
import { TestIam } from "../support.ts";

const echo = action({
  name: "Echo",
  parameters: { Text: z.string(), Times: z.string().exactOptional() },
  resource: ({ Text }) => `arn:${Text}`,
  run: ({ Text }) => ({ Text }),
});

test("parameters have a shape: a missing one is invalid, an unknown one is refused by name", () => {
  const iam = new TestIam([echo]);
  expect(iam.call("Echo", { Text: "a" })).toContain("<Text>a</Text>");
  expect(iam.resource("Echo", { Text: "a" })).toBe("arn:a");
  expect(iam.errorOf("Echo")).toBe("ValidationError");
  expect(() => iam.call("Echo", { Text: "a", Other: "b" })).toThrow(
    /Echo: .*Unrecognized key: "Other"/,
  );
  expect(() => iam.call("Echo", { Text: "a", Other: "b" })).toThrow(
    expect.objectContaining({ isUnknown: true }) as Error,
  );
});

test("names and paths are IAM's", () => {
  expect(entityName.safeParse("mam-production.up@x").success).toBe(true);
  expect(entityName.safeParse("a/b").success).toBe(false);
  expect(entityPath.parse(undefined)).toBe("/");
  expect(entityPath.safeParse("/mam/").success).toBe(true);
  expect(entityPath.safeParse("mam").success).toBe(false);
});

test("a listing is cut into pages that a marker joins", () => {
  const items = Array.from({ length: 5 }, (_, index) => String(index));
  const first = page(items, "Items", (item) => item, { MaxItems: "3" });
  expect(first).toEqual({ Items: { member: ["0", "1", "2"] }, IsTruncated: true, Marker: "3" });
  expect(page(items, "Items", (item) => item, { Marker: "3" })).toEqual({
    Items: { member: ["3", "4"] },
    IsTruncated: false,
    Marker: undefined,
  });
  expect(() => page(items, "Items", (item) => item, { Marker: "x" })).toThrow(QueryError);
});

test("answers and errors have the service's XML", () => {
  expect(resultXml("urn:iam", "GetUser", { User: "a" }, "R1")).toContain(
    '<GetUserResponse xmlns="urn:iam"><GetUserResult><User>a</User></GetUserResult><ResponseMetadata><RequestId>R1</RequestId></ResponseMetadata></GetUserResponse>',
  );
  expect(resultXml("urn:iam", "DeleteUser", undefined, "R1")).not.toContain("DeleteUserResult");
  expect(queryErrorXml("urn:iam", new QueryError("NoSuchEntity", "gone"), "R1")).toContain(
    "<Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>gone</Message></Error><RequestId>R1</RequestId>",
  );
});
