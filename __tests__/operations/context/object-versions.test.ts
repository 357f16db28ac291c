import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import { listVersions } from "../../../operations/context/object-versions.ts";
import { type Cloud, startCloud } from "@mam-infra/cloud";

const credentials = { accessKeyId: "ROOTKEY0000000000000", secretAccessKey: "root-secret" };
const Bucket = "many-versions";
/** More versions than a page of S3 has. */
const count = 1003;

let cloud: Cloud;
let storage: S3Client;
beforeAll(async () => {
  cloud = await startCloud({
    digitalOcean: { tokens: [], members: ["owner@example.com"], registry: {} },
    wasabi: { accountId: "100000000001", region: "us-east-1", rootAccessKey: credentials },
    spaces: { region: "nyc3", accessKeys: [], buckets: [] },
  });
  storage = new S3Client({
    endpoint: cloud.endpoints.wasabiS3,
    region: "us-east-1",
    credentials,
    forcePathStyle: true,
  });
  await storage.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await storage.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
});
afterAll(async () => {
  storage.destroy();
  await cloud.close();
});

test("every version of a key is listed once, over several pages, with the marker that hides them", async () => {
  for (let version = 0; version < count; version += 1)
    await storage.send(new PutObjectCommand({ Bucket, Key: "one", Body: String(version) }));
  await storage.send(new DeleteObjectCommand({ Bucket, Key: "one" }));
  const versions = await listVersions(storage, Bucket, "one");

  expect(versions).toHaveLength(count + 1);
  expect(new Set(versions.map(({ version }) => version)).size).toBe(count + 1);
  expect(versions[0]).toMatchObject({ isMarker: true, isLatest: true, bytes: 0 });
});
