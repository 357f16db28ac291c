import { createHmac } from "node:crypto";

import type { Slot } from "../../environments/schema/rotation.ts";

/** What a playback link is made from; docs/links.md describes it. */
export interface LinkParts {
  readonly mediaHost: string;
  readonly slot: Slot;
  readonly expires: Date;
  /** First segment of the object's key: what is signed. */
  readonly asset: string;
  /** The rest of the object's key. */
  readonly rest: string;
  readonly signature: string;
}

/** Address of a link. */
export function linkAddress({ mediaHost, asset, rest, signature, ...parts }: LinkParts): string {
  return `https://${mediaHost}${beginning(parts)}${signature}/${asset}/${rest}`;
}

/**
 * Signs a link as the API does.
 *
 * @param key signing key of the slot, as the text that it is.
 */
export function signLink(link: Pick<LinkParts, "slot" | "expires" | "asset">, key: string): string {
  return createHmac("sha256", key)
    .update(`${beginning(link)}${link.asset}/`)
    .digest("hex");
}

function beginning({ slot, expires }: Pick<LinkParts, "slot" | "expires">): string {
  return `/m/${Math.floor(expires.getTime() / 1000)}/${slot}/`;
}
