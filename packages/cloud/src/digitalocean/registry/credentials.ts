import { createHmac } from "node:crypto";

import type { Store } from "../store.ts";

/** Host that images are pulled from. */
const host = "registry.digitalocean.com";

/**
 * What Docker logs in with, for a time and to pull only. Each account's is its own: a machine that was given another
 * account's pulls nothing.
 */
export function dockerCredentials({ account }: Store): {
  readonly auths: Readonly<Record<string, { readonly auth: string }>>;
} {
  const token = createHmac("sha256", account.uuid).update("pull").digest("hex");
  return { auths: { [host]: { auth: Buffer.from(`${token}:${token}`).toString("base64") } } };
}
