import { bucketName } from "../../constructs/storage/tiers.ts";
import type { Session } from "../context/session.ts";
import { type StoredDump, dumpPrefix, storedDumps } from "./dumps.ts";
import { listVersions } from "../context/object-versions.ts";

/** The dumps of an environment, newest first. @throws NotConfigured without Wasabi's keys. */
export async function dumpsOf({
  clients,
  environment,
}: Pick<Session, "clients" | "environment">): Promise<readonly StoredDump[]> {
  const bucket = bucketName(environment.config, "backups");
  return storedDumps(await listVersions(clients.wasabiStorage(), bucket, dumpPrefix));
}
