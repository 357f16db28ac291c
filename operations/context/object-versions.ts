import {
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";

/** A version of an object, or the marker of a deletion in its place. */
export interface StoredVersion {
  readonly key: string;
  readonly version: string;
  readonly isMarker: boolean;
  /** Whether it is what a reader gets. */
  readonly isLatest: boolean;
  readonly modified: Date;
  /** Bytes; 0 of a marker. */
  readonly bytes: number;
  /** Tag of the content, without quotes; empty for a marker. */
  readonly tag: string;
}

/**
 * Every version below a prefix, and every marker of a deletion; those of a key newest first.
 *
 * The SDK has no paginator for versions. By the key's marker alone a key with more versions than a page would begin anew for
 * ever, so that a page begins after both: key and version.
 */
export async function listVersions(
  storage: S3Client,
  Bucket: string,
  Prefix: string,
): Promise<readonly StoredVersion[]> {
  const found: StoredVersion[] = [];
  let from: { readonly KeyMarker?: string; readonly VersionIdMarker?: string } | undefined = {};
  while (from) {
    const page: ListObjectVersionsCommandOutput = await storage.send(
      new ListObjectVersionsCommand({ Bucket, Prefix, ...from }),
    );
    found.push(
      ...(page.Versions ?? []).map((one) => storedVersion(one, false)),
      ...(page.DeleteMarkers ?? []).map((one) => storedVersion(one, true)),
    );
    from = page.IsTruncated === true ? nextPage(page) : undefined;
  }
  return found.sort(byKeyAndAge);
}

function nextPage(page: ListObjectVersionsCommandOutput) {
  const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
  if (KeyMarker === undefined) throw new Error("storage says that there is more, and not where");
  return { KeyMarker, ...(VersionIdMarker === undefined ? {} : { VersionIdMarker }) };
}

interface Listed {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
  readonly LastModified?: Date | undefined;
  readonly Size?: number | undefined;
  readonly ETag?: string | undefined;
}

const storedVersion = (one: Listed, isMarker: boolean): StoredVersion => ({
  key: one.Key ?? "",
  version: one.VersionId ?? "",
  isMarker,
  isLatest: one.IsLatest === true,
  modified: one.LastModified ?? new Date(0),
  bytes: one.Size ?? 0,
  tag: one.ETag?.replaceAll('"', "") ?? "",
});

const byKeyAndAge = (one: StoredVersion, other: StoredVersion) => {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1;
  if (one.isLatest !== other.isLatest) return one.isLatest ? -1 : 1;
  return other.modified.getTime() - one.modified.getTime();
};
