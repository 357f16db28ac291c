import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { createStorage } from "@mam-services/common/storage";

import type { ClipStorage } from "../../../worker/clips/previews.ts";
import { type TestStorage, startTestStorage } from "../../../local/storage.ts";

/** Wasabi as the platform makes it, seen from a worker and from who looks at its work. */
export interface WorkerStorage extends ClipStorage {
  readonly platform: TestStorage;
  close(): Promise<void>;
}

export async function startStorage(): Promise<WorkerStorage> {
  const platform = await startTestStorage();
  const { endpoint, region, root, buckets, keys } = platform;
  return {
    platform,
    buckets,
    transcoder: createStorage({ endpoint, region, ...keys.transcoder }),
    putMaster: async (Key, Body) => {
      const ChecksumAlgorithm = "SHA256";
      await root.send(
        new PutObjectCommand({ Bucket: buckets.masters, Key, Body, ChecksumAlgorithm }),
      );
    },
    list: async (Prefix) => {
      const command = new ListObjectsV2Command({ Bucket: buckets.previews, Prefix });
      const { Contents = [] } = await root.send(command);
      return Contents.map(({ Key = "" }) => Key.slice(Prefix.length)).sort();
    },
    read: async (Key) => {
      const { Body } = await root.send(new GetObjectCommand({ Bucket: buckets.previews, Key }));
      return Buffer.from(await Body!.transformToByteArray());
    },
    close: () => platform.close(),
  };
}
