import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import type { Facts } from "../dump/facts.ts";
import type { Rows } from "../dump/tables.ts";

/** What is known of a dump: docs/restore.md. A dump without its manifest is none. */
export interface Manifest extends Facts {
  readonly version: 1;
  /** Name of the dump: when it began. */
  readonly id: string;
  readonly environment: string;
  /** Key of the archive in the same bucket. */
  readonly object: string;
  readonly format: "custom";
  readonly begunAt: string;
  /** The recovery point. */
  readonly takenAt: string;
  readonly finishedAt: string;
  /** Of pg_dump; another one than 0 has no manifest. */
  readonly exitCode: 0;
  readonly bytes: number;
  readonly sha256: string;
  readonly server: string;
  readonly client: string;
  /** Rows by table: right before the dump and after it as anybody sees them, and in it. */
  readonly rows: { readonly before: Rows; readonly dumped: Rows; readonly after: Rows };
  /** How long storage keeps it: deleted after so many days, and not before so many; 0 without a lock. */
  readonly kept: { readonly retentionDays: number; readonly lockDays: number };
}

/** Name of a dump that begins at a time: `2026-11-29T01-00-00Z`. Names sort as times do. */
export const dumpId = (begun: Date): string =>
  `${begun.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;

/** Key of a dump's archive. */
export const archiveKey = (id: string): string => `dumps/${id}/database.dump`;

/** Key of a dump's manifest. */
export const manifestKey = (id: string): string => `dumps/${id}/manifest.json`;

/** Writes it, which is what makes the archive beside it count. */
export async function putManifest(
  storage: S3Client,
  Bucket: string,
  manifest: Manifest,
): Promise<void> {
  await storage.send(
    new PutObjectCommand({
      Bucket,
      Key: manifestKey(manifest.id),
      Body: `${JSON.stringify(manifest, null, 2)}\n`,
      ContentType: "application/json",
      ChecksumAlgorithm: "CRC32",
    }),
  );
}
