import type { S3Client } from "@aws-sdk/client-s3";

import { readBucket } from "../../../operations/adopt/buckets.ts";

/** What Wasabi answers, by command; 404 to everything else. */
const answering = (answers: Readonly<Record<string, unknown>>) => {
  const asked: string[] = [];
  const send = ({ constructor: { name } }: object) => {
    asked.push(name);
    const answer = answers[name];
    if (answer instanceof Error) return Promise.reject(answer);
    return answer === undefined ? Promise.reject(refusal(404)) : Promise.resolve(answer);
  };
  return { asked, storage: { send } as unknown as S3Client };
};

const refusal = (httpStatusCode: number) =>
  Object.assign(new Error("refused"), { $metadata: { httpStatusCode } });

test.each([
  ["says it lies elsewhere", { LocationConstraint: "eu-central-1" }, "eu-central-1"],
  ["sends whoever asks to another address", refusal(301), "another region"],
])("a bucket that %s is asked nothing more", async (_, GetBucketLocationCommand, place) => {
  const { asked, storage } = answering({ GetBucketLocationCommand });

  expect(await readBucket(storage, "films", "us-east-1")).toEqual({
    ...{ name: "films", isVersioned: false, elsewhere: place },
  });
  expect(asked).toEqual(["GetBucketLocationCommand"]);
});

test("a lock in years is one in days, and a policy and pages that may use it are seen", async () => {
  const DefaultRetention = { Mode: "COMPLIANCE", Years: 2 };
  const { storage } = answering({
    GetBucketLocationCommand: {},
    GetBucketVersioningCommand: { Status: "Suspended" },
    GetObjectLockConfigurationCommand: {
      ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention } },
    },
    GetBucketPolicyCommand: { Policy: "{}" },
    GetBucketCorsCommand: { CORSRules: [{ AllowedOrigins: ["*", "https://a.example"] }] },
  });

  expect(await readBucket(storage, "films", "us-east-1")).toEqual({
    ...{ name: "films", isVersioned: false, hasVersions: true, isLockable: true },
    ...{ lock: { mode: "COMPLIANCE", days: 730 }, hasPolicy: true, origins: ["https://a.example"] },
  });
});
