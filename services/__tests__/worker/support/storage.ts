import { fileURLToPath } from "node:url";

import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import { serviceRoles } from "../../../../constructs/storage/service-roles.ts";
import { type Cloud, readSeed, startCloud } from "../../../../packages/cloud/src/index.ts";

/** Buckets of the platform under test. */
export const buckets = { masters: "clips-masters", previews: "clips-previews" } as const;

const exampleSeed = new URL("../../../../packages/cloud/seed.example.json", import.meta.url);
const region = "eu-central-1";
const administrator = { accessKeyId: "ADMINISTRATORKEY", secretAccessKey: "administrators-secret" };

/** The worker's own key: it may do what the transcoder of a real platform may. */
export const transcoder = { accessKeyId: "TRANSCODERKEY", secretAccessKey: "transcoders-secret" };

const transcoderPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: serviceRoles.transcoder.grants.map(({ tier, actions }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: [`arn:aws:s3:::${buckets[tier]}/*`],
  })),
});

/** Wasabi with the buckets of a platform. */
export interface TestStorage {
  readonly buckets: typeof buckets;
  readonly endpoint: string;
  readonly region: string;
  readonly cloud: Cloud;
  readonly administrator: S3Client;
  /** A client with the worker's key. */
  readonly transcoder: S3Client;
  putMaster(key: string, body: Uint8Array): Promise<void>;
  /** Names below a prefix, without it. */
  list(prefix: string): Promise<string[]>;
  read(key: string): Promise<Buffer>;
  close(): Promise<void>;
}

export async function startStorage(): Promise<TestStorage> {
  const cloud = await startCloud({
    ...readSeed(fileURLToPath(exampleSeed)),
    speed: 1,
    wasabi: {
      accountId: "100000000001",
      region,
      rootAccessKey: { accessKeyId: "ROOTKEY", secretAccessKey: "root-secret" },
      adminUsers: [{ name: "administrator", ...administrator }],
      users: [{ name: "transcoder", ...transcoder, policies: { own: transcoderPolicy } }],
    },
  });
  const endpoint = cloud.endpoints.wasabiS3;
  const client = createStorage({ endpoint, region, ...administrator });
  for (const Bucket of Object.values(buckets))
    await client.send(new CreateBucketCommand({ Bucket }));
  const read = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: buckets.previews, Key }));
    return Buffer.from(await Body!.transformToByteArray());
  };
  return {
    buckets,
    endpoint,
    region,
    cloud,
    administrator: client,
    transcoder: createStorage({ endpoint, region, ...transcoder }),
    putMaster: async (Key, Body) => {
      await client.send(new PutObjectCommand({ Bucket: buckets.masters, Key, Body }));
    },
    list: async (Prefix) => {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket: buckets.previews, Prefix }),
      );
      return Contents.map(({ Key = "" }) => Key.slice(Prefix.length)).sort();
    },
    read,
    close: () => cloud.close(),
  };
}
