import { fileURLToPath } from "node:url";

import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import { serviceRoles } from "../../../../constructs/storage/service-roles.ts";
import { type Cloud, readSeed, startCloud } from "../../../../packages/cloud/src/index.ts";

/** Bucket of the previews. */
export const bucket = "clips-previews";
export const region = "eu-central-1";

/** The edge's own key: it may do what the edge-reader of a real platform may. */
export const edgeReader = { accessKeyId: "EDGEREADERKEY", secretAccessKey: "edge-readers-secret" };

const exampleSeed = new URL("../../../../packages/cloud/seed.example.json", import.meta.url);
const administrator = { accessKeyId: "ADMINISTRATORKEY", secretAccessKey: "administrators-secret" };
const readerPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: serviceRoles["edge-reader"].grants.map(({ actions }) => ({
    Effect: "Allow",
    Action: actions,
    Resource: [`arn:aws:s3:::${bucket}/*`],
  })),
});

/** Wasabi with a bucket of previews. */
export interface PreviewStorage {
  readonly endpoint: string;
  readonly cloud: Cloud;
  put(key: string, body: Uint8Array | string): Promise<void>;
  /** Requests that storage got for a key: method and status. */
  requests(key: string): string[];
  close(): Promise<void>;
}

export async function startPreviewStorage(): Promise<PreviewStorage> {
  const cloud = await startCloud({
    ...readSeed(fileURLToPath(exampleSeed)),
    speed: 1,
    wasabi: {
      accountId: "100000000001",
      region,
      rootAccessKey: { accessKeyId: "ROOTKEY", secretAccessKey: "root-secret" },
      adminUsers: [{ name: "administrator", ...administrator }],
      users: [{ name: "edge-reader", ...edgeReader, policies: { own: readerPolicy } }],
    },
  });
  const endpoint = cloud.endpoints.wasabiS3;
  const client = createStorage({ endpoint, region, ...administrator });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    endpoint,
    cloud,
    put: async (Key, Body) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    },
    requests: (key) =>
      cloud.requestLog
        .entries()
        .filter(
          ({ path, method }) => method !== "PUT" && path.split("?")[0] === `/${bucket}/${key}`,
        )
        .map(({ method, status }) => `${method} ${status}`),
    close: () => cloud.close(),
  };
}
