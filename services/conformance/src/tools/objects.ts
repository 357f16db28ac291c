import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";

import type { World } from "../world.ts";

/** An object of a list. */
export interface Listed {
  /** Below the prefix. */
  readonly name: string;
  /** Entity tag and time: what changes when it is written again. */
  readonly mark: string;
}

/** Puts an object into the bucket that a variable names; it is deleted at the end, unless it is locked. */
export async function put(
  world: World,
  bucket: string,
  Key: string,
  Body: Uint8Array | string,
): Promise<void> {
  const storage = await world.storage;
  const Bucket = world.variable(bucket);
  await storage.send(new PutObjectCommand({ Bucket, Key, Body, ChecksumAlgorithm: "SHA256" }));
  world.atEnd(() => remove(world, bucket, Key));
}

/** Deletes an object. One that is locked stays until its lock ends. */
export async function remove(world: World, bucket: string, Key: string): Promise<void> {
  const storage = await world.storage;
  await storage.send(new DeleteObjectCommand({ Bucket: world.variable(bucket), Key }));
}

/** What there is below a prefix of the previews. */
export async function listPreviews(world: World, Prefix: string): Promise<readonly Listed[]> {
  const storage = await world.storage;
  const command = new ListObjectsV2Command({ Bucket: world.variable("PREVIEWS_BUCKET"), Prefix });
  const { Contents = [] } = await storage.send(command);
  return Contents.map(({ Key = "", ETag = "", LastModified }) => ({
    name: Key.slice(Prefix.length),
    mark: `${ETag} ${LastModified?.toISOString() ?? ""}`,
  }));
}

/** Reads an object of the previews. */
export async function readPreview(world: World, Key: string): Promise<Buffer> {
  const storage = await world.storage;
  const command = new GetObjectCommand({ Bucket: world.variable("PREVIEWS_BUCKET"), Key });
  const { Body } = await storage.send(command);
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}
