import type { S3Client } from "@aws-sdk/client-s3";

import { errorStatus, ifPresent } from "@mam-infra/clients/aws-error";
import { packages } from "@mam-infra/clients/packages";
import { listVersions } from "../context/object-versions.ts";
import { heldLock } from "./lock-info.ts";
import type { StatePlace, StateVersion, StoredState } from "./place.ts";

/** Where a stack's state lies in a bucket, and its lock (use_lockfile of the s3 backend). */
const keyOf = (stack: string) => `${stack}.tfstate`;
const lockKeyOf = (stack: string) => `${stack}.tfstate.tflock`;

/** States that are objects of a Spaces bucket, which keeps their versions. */
export function spacesPlace(spaces: () => S3Client, bucket: string): StatePlace {
  const at = (Key: string) => ({ Bucket: bucket, Key });
  return {
    called: `the Spaces bucket ${bucket}`,
    read: async (stack) => ifPresent(readObject(spaces(), at(keyOf(stack)))),
    has: async (stack) => (await ifPresent(head(spaces(), at(keyOf(stack))))) === true,
    create: async (stack, Body) => {
      const { PutObjectCommand } = packages.s3();
      const condition = { ContentType: "application/json", IfNoneMatch: "*" };
      try {
        await spaces().send(new PutObjectCommand({ ...at(keyOf(stack)), Body, ...condition }));
      } catch (error) {
        if (![409, 412].includes(errorStatus(error) ?? 0)) throw error;
        throw new Error(
          `the Spaces bucket ${bucket} has a state of ${stack} by now, which was left as it is: somebody else writes there`,
          { cause: error },
        );
      }
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

async function readObject(spaces: S3Client, object: ObjectAddress): Promise<StoredState> {
  const { GetObjectCommand } = packages.s3();
  const { Body, LastModified } = await spaces.send(new GetObjectCommand(object));
  return {
    text: (await Body?.transformToString()) ?? "",
    writtenAt: LastModified?.toISOString(),
  };
}

async function head(spaces: S3Client, object: ObjectAddress): Promise<true> {
  const { HeadObjectCommand } = packages.s3();
  await spaces.send(new HeadObjectCommand(object));
  return true;
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
