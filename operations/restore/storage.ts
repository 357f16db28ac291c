import type { S3Client } from "@aws-sdk/client-s3";

import { errorCode } from "@mam-infra/clients/aws-error";
import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";

/** Variables with a key of Wasabi that may read dumps and masters: the deployer's, which a move is done with, may not. */
export const restorerVariables = {
  accessKeyId: "MAM_RESTORE_ACCESS_KEY_ID",
  secretAccessKey: "MAM_RESTORE_SECRET_ACCESS_KEY",
} as const;

/**
 * Wasabi with the restorer's key, where there is one, else with the command's own.
 *
 * @throws NotConfigured where only half of a key is there.
 */
export function restorerStorage({
  clients,
  variables,
}: Pick<Session, "clients" | "variables">): S3Client {
  const { accessKeyId: id, secretAccessKey: secret } = restorerVariables;
  const { [id]: accessKeyId, [secret]: secretAccessKey } = variables;
  if (accessKeyId && secretAccessKey)
    return clients.wasabiStorageAs({ accessKeyId, secretAccessKey });
  if (!accessKeyId && !secretAccessKey) return clients.wasabiStorage();
  const missing = accessKeyId ? secret : id;
  throw new NotConfigured(
    `${missing} is missing, the other half of the restorer's key\n  fix: export ${missing}=…; docs/restore.md says how to make one`,
  );
}

/**
 * Does something that takes the right to read dumps or masters.
 *
 * @throws NotConfigured with what the key lacks, where Wasabi refuses it.
 */
export async function asRestorer<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (errorCode(error) !== "AccessDenied") throw error;
    const { accessKeyId, secretAccessKey } = restorerVariables;
    throw new NotConfigured(
      `this key may not read ${what}: the deployer's may not, on purpose\n  fix: make a key that may, as docs/restore.md says, and export ${accessKeyId} and ${secretAccessKey}`,
    );
  }
}
