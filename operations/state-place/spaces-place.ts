import type { PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3";

import { errorStatus, ifPresent } from "@mam-infra/clients/aws-error";
import { packages } from "@mam-infra/clients/packages";
import { listVersions } from "../context/object-versions.ts";
import { heldLock } from "./lock-info.ts";
import { type StatePlace, type StateVersion, afterOthers } from "./place.ts";
import { UnreadableState, emptyState, keptVersions } from "./unreadable.ts";

/** Where a stack's state lies in a bucket, and its lock (use_lockfile of the s3 backend). */
const keyOf = (stack: string) => `${stack}.tfstate`;
const lockKeyOf = (stack: string) => `${stack}.tfstate.tflock`;

/** States that are objects of a Spaces bucket, which keeps their versions. */
export function spacesPlace(spaces: () => S3Client, bucket: string): StatePlace {
  const at = (Key: string) => ({ Bucket: bucket, Key });
  const called = `the Spaces bucket ${bucket}`;
  const isOther = (stack: string, cause?: unknown) =>
    new Error(
      `${called} has a state of ${stack} by now, which was left as it is: somebody else writes there${afterOthers}`,
      { cause },
    );
  const write = async (stack: string, object: PutObjectCommandInput) => {
    const { PutObjectCommand } = packages.s3();
    try {
      await spaces().send(new PutObjectCommand({ ContentType: "application/json", ...object }));
    } catch (error) {
      // 404 is an If-Match on an object that was removed since; without one there is no bucket.
      const lost = object.IfMatch === undefined ? [409, 412] : [404, 409, 412];
      if (lost.includes(errorStatus(error) ?? 0)) throw isOther(stack, error);
      throw error;
    }
  };
  return {
    called,
    wayBack: keptVersions,
    read: async (stack) => ifPresent(readObject(spaces(), at(keyOf(stack)))),
    has: async (stack) => {
      const bytes = await ifPresent(bytesOf(spaces(), at(keyOf(stack))));
      if (bytes === 0) throw new UnreadableState(stack, called, emptyState, keptVersions(stack));
      return bytes !== undefined;
    },
    create: (stack, Body) => write(stack, { ...at(keyOf(stack)), Body, IfNoneMatch: "*" }),
    overwrite: async (stack, Body, unreadable) => {
      const object = at(keyOf(stack));
      const { text, tag } = await readObject(spaces(), object);
      if (text !== unreadable) throw isOther(stack);
      await write(stack, { ...object, Body, IfMatch: tag });
    },
    versions: (stack) => versionsOf(spaces(), bucket, keyOf(stack)),
    version: async (stack, VersionId) =>
      (await readObject(spaces(), { ...at(keyOf(stack)), VersionId })).text,
    lockOf: async (stack) => {
      const lock = await ifPresent(readObject(spaces(), at(lockKeyOf(stack))));
      return lock && heldLock(stack, lock.text);
    },
    dropLock: async (stack) => {
      const { DeleteObjectCommand } = packages.s3();
      await spaces().send(new DeleteObjectCommand(at(lockKeyOf(stack))));
    },
  };
}

interface ObjectAddress {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

async function readObject(spaces: S3Client, object: ObjectAddress) {
  const { GetObjectCommand } = packages.s3();
  const { Body, LastModified, ETag = "" } = await spaces.send(new GetObjectCommand(object));
  return {
    text: (await Body?.transformToString()) ?? "",
    writtenAt: LastModified?.toISOString(),
    // Spaces takes the tag of If-Match without its quotes only: see ledger/spaces-store.ts.
    tag: ETag.replaceAll('"', ""),
  };
}

async function bytesOf(spaces: S3Client, object: ObjectAddress): Promise<number> {
  const { HeadObjectCommand } = packages.s3();
  const { ContentLength } = await spaces.send(new HeadObjectCommand(object));
  // A store that says nothing of the size does not say that there is nothing in it.
  return ContentLength ?? Infinity;
}

async function versionsOf(spaces: S3Client, bucket: string, key: string): Promise<StateVersion[]> {
  const all = await listVersions(spaces, bucket, key);
  // Another key may begin with it, such as that of its lock.
  return all
    .filter((one) => one.key === key && !one.isMarker)
    .map(({ version, modified, bytes, isLatest }) => ({
      id: version,
      writtenAt: modified.toISOString(),
      bytes,
      stands: isLatest,
    }));
}
