import { createHmac, timingSafeEqual } from "node:crypto";

/** A slot of the signing key. */
export type Slot = "A" | "B";

/** Keys by slot; empty text where a slot is unused. */
export type SigningKeys = Readonly<Record<Slot, string>>;

/** What a valid link leads to. */
export interface LinkTarget {
  /** First segment of the object's key: the asset. */
  readonly prefix: string;
  /** The whole key of the object. */
  readonly key: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Why a link is refused. */
export type LinkRefusal = "shape" | "slot" | "signature" | "expired" | "path";

const shape =
  /^\/m\/(?<exp>\d{1,12})\/(?<slot>[AB])\/(?<signature>[0-9a-f]{64})\/(?<prefix>[A-Za-z0-9._~-]+)\/(?<rest>.+)$/;

/** What the shape finds. */
interface Parts {
  readonly exp: string;
  readonly slot: Slot;
  readonly signature: string;
  readonly prefix: string;
  readonly rest: string;
}

const signatureOf = (key: string, expires: number | string, slot: string, prefix: string) =>
  createHmac("sha256", key).update(`/m/${expires}/${slot}/${prefix}/`).digest();

/**
 * Whether a segment could be taken for another one: resolved to another place, or decoded, by whatever stands between a
 * player and storage. Only characters that are never encoded pass.
 */
const leadsAway = (segment: string) => !/^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/.test(segment);

/**
 * Signs a prefix, as docs/links.md describes.
 *
 * @param expires seconds since 1970.
 * @returns `<exp>/<slot>/<sig>/<prefix>`, to be put behind `/m/` for media or `/s/` for a shared page.
 * @throws Error when the slot has no key: nobody could verify the link.
 */
export function signPrefix(keys: SigningKeys, slot: Slot, prefix: string, expires: number): string {
  if (keys[slot] === "") throw new Error(`slot ${slot} of the signing key is empty`);
  return `${expires}/${slot}/${signatureOf(keys[slot], expires, slot, prefix).toString("hex")}/${prefix}`;
}

/**
 * Verifies the raw path of a request: nothing of it may have been decoded or resolved before, because the signature
 * is over the path as it came.
 *
 * @param path of the request, without its query.
 * @param now seconds since 1970.
 * @param skew seconds for which an expired link still counts.
 */
export function verifyLink(
  path: string,
  keys: SigningKeys,
  now: number,
  skew: number,
): LinkTarget | LinkRefusal {
  const link = shape.exec(path)?.groups as Parts | undefined;
  if (!link) return "shape";
  const { exp, slot, signature, prefix, rest } = link;
  if (keys[slot] === "") return "slot";
  const expected = signatureOf(keys[slot], exp, slot, prefix);
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) return "signature";
  if (Number(exp) + skew < now) return "expired";
  if ([prefix, ...rest.split("/")].some(leadsAway)) return "path";
  return { prefix, key: `${prefix}/${rest}`, expires: Number(exp) };
}
