import { S3Error } from "../../src/s3/errors.ts";
import { findOperation } from "../../src/s3/routing.ts";
import { wasabiRefusals } from "../../src/wasabi/refusals.ts";

function statusOf(line: string): number | undefined {
  const [method = "", subresource = ""] = line.split(" ");
  try {
    findOperation(
      { operations: [], refusals: wasabiRefusals },
      { method, bucket: "media", key: "", query: new Map([[subresource, ""]]), headers: {} },
    );
    return undefined;
  } catch (error) {
    return error instanceof S3Error ? error.status : undefined;
  }
}

test.each([
  ["GET website", 501],
  ["GET accelerate", 501],
  ["GET requestPayment", 501],
  ["GET encryption", 501],
  ["GET tagging", 501],
  ["PUT tagging", 501],
  ["PUT publicAccessBlock", 501],
  ["PUT ownershipControls", 501],
  ["PUT notification", 501],
  ["GET replication", 404],
  ["PUT replication", 501],
  ["GET inventory", 503],
])("%s is answered with %i, as the AWS provider tolerates it or not", (line, status) => {
  expect(statusOf(line)).toBe(status);
});
