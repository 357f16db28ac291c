import type { PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";

import { errorStatus, ifPresent } from "@mam-infra/clients/aws-error";
import { packages } from "@mam-infra/clients/packages";
import type { LedgerStore } from "./store.ts";

/**
 * A ledger in the state bucket, replaced by conditional writes: `If-None-Match: *` for the first, `If-Match` for every
 * other.
 *
 * Spaces takes the entity tag of `If-Match` without its quotes only (slatedb/slatedb#1818, DigitalOcean's support).
 */
export function spacesStore(client: S3Client, bucket: string, key: string): LedgerStore {
  const object = { Bucket: bucket, Key: key };
  const put = (content: Partial<PutObjectCommandInput>) => {
    const { PutObjectCommand } = packages.s3();
    return client.send(
      new PutObjectCommand({ ...object, ContentType: "application/json", ...content }),
    );
  };
  return {
    place: `s3://${bucket}/${key}`,
    read: async () => {
      const { GetObjectCommand } = packages.s3();
      const found = await ifPresent(client.send(new GetObjectCommand(object)));
      if (!found) return undefined;
      const { Body, ETag = "" } = found;
      return { text: (await Body?.transformToString()) ?? "", version: ETag.replaceAll('"', "") };
    },
    replace: async (text, known) => {
      const condition = known === undefined ? { IfNoneMatch: "*" } : { IfMatch: known };
      try {
        await put({ ...condition, Body: text });
        return true;
      } catch (error) {
        // 409 is two conditional writes at the same moment; 404 an If-Match on an object that was removed since.
        if ([404, 409, 412].includes(errorStatus(error) ?? 0)) return false;
        throw error;
      }
    },
    keep: async (text, name) => {
      const Key = key.replace(/\.json$/, `.before-${name}.json`);
      await put({ Key, Body: text });
      return `s3://${bucket}/${Key}`;
    },
  };
}
