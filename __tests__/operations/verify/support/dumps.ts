import { Body } from "@mam-infra/cloud/s3/bodies/body";
import type { ObjectVersion } from "@mam-infra/cloud/s3/store";
import type { World } from "./world.ts";

/** A dump as it lies in the bucket. */
interface Dump {
  readonly daysAgo: number;
  /** Default: 1000. */
  readonly bytes?: number;
  /** Default: it has one. */
  readonly withManifest?: boolean;
  /** Whether a marker of a deletion hides its archive; default: none does. */
  readonly isDeleted?: boolean;
}

/** Puts a dump into the bucket, as old as it is told. */
export function putDump(
  { bucket }: World,
  { daysAgo, bytes = 1000, withManifest = true, isDeleted = false }: Dump,
): void {
  const createdAt = new Date(Date.now() - daysAgo * 86_400_000);
  const id = `${createdAt.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
  const version = (key: string, length: number): ObjectVersion => ({
    ...{ key, versionId: `${id}-${length}`, isDeleteMarker: false, createdAt, etag: "tag" },
    ...{ body: Body.of(Buffer.alloc(length)), headers: {}, checksums: {}, tags: {} },
    ...{ noncurrentSince: undefined, retention: undefined, hasLegalHold: false },
  });
  const { objects } = bucket("backups");
  const archive = version(`dumps/${id}/database.dump`, bytes);
  const marker = { ...version(archive.key, 0), isDeleteMarker: true, createdAt: new Date() };
  objects.set(archive.key, isDeleted ? [marker, archive] : [archive]);
  const manifest = version(`dumps/${id}/manifest.json`, 500);
  if (withManifest) objects.set(manifest.key, [manifest]);
}
