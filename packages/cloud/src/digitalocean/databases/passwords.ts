import { randomBytes } from "node:crypto";

/**
 * A new password of a database user. The prefix is the real platform's: tools that look for leaked secrets know it, so
 * a password that escapes into a log is found here as it would be there.
 */
export function generatePassword(): string {
  return `AVNS_${randomBytes(15).toString("base64url")}`;
}
