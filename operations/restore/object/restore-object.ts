import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import { bucketName } from "../../../constructs/storage/tiers.ts";
import { type StoredVersion, listVersions } from "../../context/object-versions.ts";
import type { Outcome } from "../../context/outcome.ts";
import type { Session } from "../../context/session.ts";
import { RestoreRefused } from "../refused.ts";
import { asRestorer, restorerStorage } from "../storage.ts";
import { copyToTop } from "./copy.ts";

const row = ({ version, modified, bytes, isMarker, isLatest }: StoredVersion) =>
  `  ${modified.toISOString()}  ${isMarker ? "deleted" : `${bytes} bytes`}  ${version}${isLatest ? "  (current)" : ""}`;

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
  const contents = versions.filter(({ isMarker }) => !isMarker);
  const list = versions.map(row).join("\n");
  if (contents.length === 0)
    throw new RestoreRefused(
      `masters has no version of ${key}\n  fix: name the whole key, such as 5a4981aa/clip.mov`,
    );
  if (asked === undefined && versions[0]?.isMarker !== true)
    throw new RestoreRefused(
      `${key} is there, and nobody deleted it. To go back to an older version, name it with --object-version:\n${list}`,
    );
  const chosen =
    asked === undefined ? contents[0] : contents.find(({ version }) => version === asked);
  if (!chosen) throw new RestoreRefused(`${key} has no version ${asked ?? ""}; it has\n${list}`);
  if (chosen.isLatest) throw new RestoreRefused(`${chosen.version} is what ${key} is already`);
  return chosen;
}

/** Brings a master back from one of its versions, as a new version: nothing is deleted or overwritten by it. */
export function restoreObject(
  session: Session,
  key: string,
  asked: string | undefined,
): Promise<Outcome> {
  const storage = restorerStorage(session);
  const bucket = bucketName(session.environment.config, "masters");
  return asRestorer("masters", () => bringBack(storage, bucket, key, asked));
}

async function bringBack(
  storage: S3Client,
  bucket: string,
  key: string,
  asked: string | undefined,
): Promise<Outcome> {
  const below = await listVersions(storage, bucket, key);
  const chosen = chooseVersion(
    key,
    below.filter((one) => one.key === key),
    asked,
  );
  const version = await copyToTop(storage, bucket, chosen);
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
      : `${found}, and its version had ${chosen.bytes}.\n`,
  };
}
