import { createHmac } from "node:crypto";

import type { World } from "../world.ts";

/** A slot of the signing key. */
export type Slot = "A" | "B";

/** What a link is made of; what is left out is right. */
export interface LinkParts {
  readonly prefix?: string;
  /** Seconds since 1970; default in ten minutes. */
  readonly expires?: number;
  /** Slot that the link names; default A. */
  readonly slot?: string;
  /** Slot whose key signs it; default the one that it names. */
  readonly signedBy?: Slot;
}

/** Seconds since 1970. */
export const now = (): number => Math.floor(Date.now() / 1000);

/** The signature of docs/links.md, written down a second time: the suite must not inherit a mistake of the services. */
export function signature(key: string, expires: number, slot: string, prefix: string): string {
  return createHmac("sha256", key).update(`/m/${expires}/${slot}/${prefix}/`).digest("hex");
}

/** The path of a link to something below a prefix. */
export function linkTo(world: World, rest: string, parts: LinkParts = {}): string {
  const { prefix = world.run, expires = now() + 600, slot = "A" } = parts;
  const { signedBy = slot } = parts;
  const key = world.variable(`EDGE_SIGNING_KEY_${signedBy}`);
  return `/m/${expires}/${slot}/${signature(key, expires, slot, prefix)}/${prefix}/${rest}`;
}

/** A link taken apart; undefined when it has another shape. */
export function takeApart(path: string) {
  const { exp = "", ...found } =
    /^\/[ms]\/(?<exp>\d{1,12})\/(?<slot>[AB])\/(?<sig>[0-9a-f]{64})\/(?<prefix>[A-Za-z0-9._~-]+)(?:\/(?<rest>.+))?$/.exec(
      path,
    )?.groups ?? {};
  return exp === "" ? undefined : { expires: Number(exp), ...found };
}
