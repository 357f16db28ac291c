import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import { bucketName } from "../../../constructs/storage/tiers.ts";
import { type StoredVersion, listVersions } from "../../context/object-versions.ts";
import type { Outcome } from "../../context/outcome.ts";
import { type Session, finishing } from "../../context/session.ts";
import { RestoreRefused } from "../refused.ts";
import { asRestorer, restorerStorage } from "../storage.ts";
import { copyToTop } from "./copy.ts";

const row = ({ version, modified, bytes, isMarker, isLatest }: StoredVersion) =>
  `  ${modified.toISOString()}  ${isMarker ? "deleted" : `${bytes} bytes`}  ${version}${isLatest ? "  (current)" : ""}`;

/** Versions that are listed. */
const listed = 20;

function rows(versions: readonly StoredVersion[]): string {
  const left = versions.length - listed;
  return [
    ...versions.slice(0, listed).map(row),
    ...(left > 0 ? [`  and ${left} older ones`] : []),
  ].join("\n");
}

/**
 * The version that is brought back: the one that is asked for, or the newest below a deletion.
 *
 * @throws RestoreRefused when there is none, or when it is what a reader gets already.
 */
export function chooseVersion(
  key: string,
  versions: readonly StoredVersion[],
  asked: string | undefined,
): StoredVersion {
  const newest = versions.find(({ isMarker }) => !isMarker);
  if (!newest)
    throw new RestoreRefused(
      `masters has no version of ${key}\n  fix: name the whole key, such as 5a4981aa/clip.mov`,
    );
  if (asked === undefined && versions[0]?.isMarker !== true)
    throw new RestoreRefused(
      `${key} is there, and nobody deleted it. To go back to an older version, name it with --object-version:\n${rows(versions)}`,
    );
  const chosen = asked === undefined ? newest : askedVersion(key, versions, asked);
  if (chosen.isLatest)
    throw new RestoreRefused(
      `${chosen.version} is what ${key} is already. To go back to another version, name it with --object-version:\n${rows(versions)}`,
    );
  return chosen;
}

/** @throws RestoreRefused when there is none of that name, or when it is a deletion. */
function askedVersion(
  key: string,
  versions: readonly StoredVersion[],
  asked: string,
): StoredVersion {
  const found = versions.find(({ version }) => version === asked);
  if (!found) throw new RestoreRefused(`${key} has no version ${asked}; it has\n${rows(versions)}`);
  if (found.isMarker)
    throw new RestoreRefused(
      `${asked} is a deletion of ${key}. To bring a version back, name one with --object-version:\n${rows(versions)}`,
    );
  return found;
}

/** Brings a master back from one of its versions, as a new version: nothing is deleted or overwritten by it. */
export async function restoreObject(
  session: Session,
  key: string,
  asked: string | undefined,
): Promise<Outcome> {
  const storage = restorerStorage(session);
  const bucket = bucketName(session.environment.config, "masters");
  const below = await asRestorer(session, "read masters", () => listVersions(storage, bucket, key));
  const versions = below.filter((one) => one.key === key);
  const chosen = chooseVersion(key, versions, asked);
  return asRestorer(session, "copy within masters", () =>
    bringBack(session, { storage, bucket, chosen }),
  );
}

interface Bringing {
  readonly storage: S3Client;
  readonly bucket: string;
  readonly chosen: StoredVersion;
}

async function bringBack(
  session: Session,
  { storage, bucket, chosen }: Bringing,
): Promise<Outcome> {
  const { key } = chosen;
  const version = await copyToTop(storage, bucket, chosen, {
    finishing: restorerStorage(finishing(session)),
  });
  const { ContentLength: bytes } = await storage.send(
    new HeadObjectCommand({ Bucket: bucket, Key: key }),
  );
  const ok = bytes === chosen.bytes;
  const found = `${key} is back: ${bytes} bytes, as of ${chosen.modified.toISOString()}`;
  return {
    ok,
    data: { bucket, key, from: chosen.version, version, bytes },
    text: ok
      ? `${found}; it is the version ${version}.\n`
      : `${found}, and its version had ${chosen.bytes}: somebody else wrote it meanwhile.\n  fix: the same line again, with --object-version ${chosen.version}\n`,
  };
}
