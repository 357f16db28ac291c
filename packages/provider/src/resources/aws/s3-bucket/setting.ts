import type { S3Client } from "@aws-sdk/client-s3";
import type { Plain, ResourceData } from "../../../engine/data.ts";

/** Attributes of the resource, and what they become. */
export type Attributes = Readonly<Record<string, Plain>>;

/** One of a bucket's settings, each with calls of its own in S3. */
export interface BucketSetting {
  /** How messages call it. */
  readonly title: string;
  /** Codes of refusals that mean that a bucket has none. Those that mean that the platform has none stand apart. */
  readonly absentCodes: readonly string[];
  /** What the attributes become when there is none. */
  readonly absent: Attributes;
  /** Asks for it; undefined when there is none. */
  readonly read: (
    storage: S3Client,
    bucket: string,
    data: ResourceData,
  ) => Promise<Attributes | undefined>;
}

/** A setting that a configuration can change. */
export interface WritableSetting extends BucketSetting {
  /** The attribute whose change is written. */
  readonly attribute: string;
  /** What is being done, for a message: `putting` or `deleting`. */
  readonly doing: (data: ResourceData) => string;
  /** Writes what is planned, or takes the setting away when nothing is. */
  readonly write: (storage: S3Client, bucket: string, data: ResourceData) => Promise<unknown>;
}

/** For settings that an empty plan deletes. */
export function puttingOrDeleting(attribute: string): (data: ResourceData) => string {
  return (data) => (data.has(attribute) ? "putting" : "deleting");
}
