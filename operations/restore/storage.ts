import type { S3Client } from "@aws-sdk/client-s3";

import { errorCode } from "@mam-infra/clients/aws-error";
import { messageOf } from "@mam-infra/clients/message";
import { NotConfigured, wrongValue } from "../context/credentials.ts";
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
  if (accessKeyId && secretAccessKey) {
    refuseWrong(id, accessKeyId);
    refuseWrong(secret, secretAccessKey);
    return clients.wasabiStorageAs({ accessKeyId, secretAccessKey });
  }
  if (!accessKeyId && !secretAccessKey) return clients.wasabiStorage();
  const missing = accessKeyId ? secret : id;
  throw new NotConfigured(
    `${missing} is missing, the other half of the restorer's key\n  fix: export ${missing}=…; docs/restore.md says how to make one`,
  );
}

/** @throws NotConfigured for a value with something around it, which no request can be sent with. */
function refuseWrong(variable: string, value: string): void {
  const where = "https://console.wasabisys.com/access_keys";
  const wrong = wrongValue({ variable, what: "", where, scopes: "" }, value);
  if (wrong) throw new NotConfigured(`${variable} is exported ${wrong.found}\n  fix: ${wrong.fix}`);
}

/** Codes with which Wasabi does not take a key at all. */
const notTaken: readonly string[] = ["InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken"];

/**
 * Does something that takes a right in storage.
 *
 * @param right what it takes: `read dumps`.
 * @throws NotConfigured with what the key lacks, where Wasabi refuses it.
 */
export async function asRestorer<T>(
  { variables }: Pick<Session, "variables">,
  right: string,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = errorCode(error) ?? "";
    const { accessKeyId, secretAccessKey } = restorerVariables;
    const isOwn = Boolean(variables[accessKeyId]);
    if (isOwn && notTaken.includes(code))
      throw new NotConfigured(
        `${messageOf(error)}\n  fix: export ${accessKeyId}=… ${secretAccessKey}=…, both of one key of the restorer at https://console.wasabisys.com/access_keys`,
      );
    if (code !== "AccessDenied") throw error;
    throw new NotConfigured(
      isOwn
        ? `the key in ${accessKeyId} may not ${right}\n  fix: give its user the whole policy that docs/restore.md shows`
        : `this key may not ${right}: the deployer's may not, on purpose\n  fix: make a key that may, as docs/restore.md says, and export ${accessKeyId} and ${secretAccessKey}`,
    );
  }
}
