import { PutObjectCommand } from "@aws-sdk/client-s3";

import { doctorContext } from "../../../operations/doctor/context.ts";
import { lookAtBuckets } from "../../../operations/doctor/wasabi-buckets.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(async () => {
  await platform.end();
});

test("a state that a first deployment left before it made a bucket asks for none", async () => {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const Body = JSON.stringify({ version: 4, lineage: "a", resources: [] });
  const Key = "staging-storage.tfstate";
  await session.clients.spaces().send(new PutObjectCommand({ Bucket, Key, Body }));

  expect(await lookAtBuckets(doctorContext(session))).toEqual([]);
});
