import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A token with which a worker may report on one job, and what is kept of it. */
export interface JobToken {
  readonly token: string;
  readonly hash: Buffer;
}

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Makes a token of 256 random bits. */
export function newJobToken(): JobToken {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOf(token) };
}

/** Whether a token is one of those that were handed out. Every hash is compared, each in constant time. */
export function isJobToken(token: string, hashes: readonly Buffer[]): boolean {
  const hash = hashOf(token);
  return hashes.map((known) => timingSafeEqual(known, hash)).includes(true);
}
