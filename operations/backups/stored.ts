import type { S3Client } from "@aws-sdk/client-s3";

import { bucketName } from "../../constructs/storage/tiers.ts";
import type { Session } from "../context/session.ts";
import { type StoredDump, dumpPrefix, storedDumps } from "./dumps.ts";
import { listVersions } from "../context/object-versions.ts";

/**
 * The dumps of an environment, newest first.
 *
 * @param storage with whose key they are listed; default: the command's own.
 * @throws NotConfigured without Wasabi's keys.
 */
export async function dumpsOf(
  { clients, environment }: Pick<Session, "clients" | "environment">,
  storage: S3Client = clients.wasabiStorage(),
): Promise<readonly StoredDump[]> {
  const bucket = bucketName(environment.config, "backups");
  return storedDumps(await listVersions(storage, bucket, dumpPrefix));
}
