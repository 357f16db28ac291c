import { errorCode } from "@mam-infra/clients/aws-error";
import { DigitalOceanError } from "@mam-infra/clients/digitalocean/error";

import { type Credential, credentials } from "./credentials.ts";

/** Codes with which a service that speaks S3 or IAM does not take a key, and those for which it may too little. */
const notTaken = new Set([
  ...["InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch"],
  ...["ExpiredToken", "AccessDenied"],
]);

/** What to do about a credential that a platform refused in the middle of a command; undefined for any other error. */
export function refusalAdvice(error: unknown): string | undefined {
  if (error instanceof DigitalOceanError) {
    const { digitalOceanToken } = credentials;
    if (error.call.status === 401) return replace([digitalOceanToken]);
    if (error.call.status !== 403) return undefined;
    return `give ${digitalOceanToken.variable} the scope for it, at ${digitalOceanToken.where}; mam doctor <environment> lists those that it lacks`;
  }
  if (!(error instanceof Error) || !notTaken.has(errorCode(error) ?? "")) return undefined;
  const { spacesAccessKey, spacesSecretKey, wasabiAccessKey, wasabiSecretKey } = credentials;
  return error.message.startsWith("Spaces:")
    ? replace([spacesAccessKey, spacesSecretKey])
    : replace([wasabiAccessKey, wasabiSecretKey]);
}

/** @param both what belongs together and is exported together, made at one page. */
const replace = (both: readonly Credential[]) =>
  `export ${both.map(({ variable }) => `${variable}=…`).join(" ")}, from ${both[0]?.where ?? ""}; mam doctor <environment> says what is wrong with it`;
