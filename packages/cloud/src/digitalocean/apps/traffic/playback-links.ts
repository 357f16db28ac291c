import { createHmac, timingSafeEqual } from "node:crypto";

/** What an edge that verifies links makes of a path. */
export interface LinkVerdict {
  readonly status: 200 | 403 | 404;
  /** Why it is not 200. */
  readonly reason?: string;
}

type EdgeVariable = (name: string) => string | undefined;

/** A link taken apart. */
interface PlaybackLink {
  /** Seconds since the epoch. */
  readonly expiry: number;
  readonly slot: string;
  readonly signature: Buffer;
  /** What was signed. */
  readonly signed: string;
  /** The segments of the object's name, of which the first is the signed prefix. */
  readonly segments: readonly string[];
}

/** `/m/<exp>/<slot>/<sig>/<prefix>/<rest>`; docs/links.md describes it. */
const linkShape = /^\/m\/(\d{1,12})\/([AB])\/([0-9a-f]{64})\/([A-Za-z0-9._~-]+)\/(.+)$/;

function parseLink(path: string): PlaybackLink | undefined {
  const match = linkShape.exec(path);
  if (!match) return undefined;
  const [, expiry = "", slot = "", signature = "", prefix = "", rest = ""] = match;
  return {
    expiry: Number(expiry),
    slot,
    signature: Buffer.from(signature, "hex"),
    signed: `/m/${expiry}/${slot}/${prefix}/`,
    segments: [prefix, ...rest.split("/")],
  };
}

/**
 * Verifies a playback link as docs/links.md tells images to, with the plaintext of the edge's own keys. Strict: a link
 * of another shape, of a slot without a key, with another signature, past its expiry, or with a path that leads out of
 * what was signed is refused.
 *
 * @param variable what the edge has in a variable, secrets in clear.
 * @param now by the wall clock, because whoever signs a link does so by it.
 */
export function verdictOf(path: string, variable: EdgeVariable, now: Date): LinkVerdict {
  if (path === "/health" || path === "/service-levels") return { status: 200 };
  if (!path.startsWith("/m/")) return { status: 404, reason: "the edge serves links only" };
  const link = parseLink(path);
  const reason = link ? objection(link, variable, now) : "the link has another shape";
  return reason === undefined ? { status: 200 } : { status: 403, reason };
}

function objection(
  { expiry, slot, signature, signed, segments }: PlaybackLink,
  variable: EdgeVariable,
  now: Date,
): string | undefined {
  const key = variable(`EDGE_SIGNING_KEY_${slot}`);
  if (!key) return `slot ${slot} has no key`;
  if (!timingSafeEqual(createHmac("sha256", key).update(signed).digest(), signature)) {
    return "the signature is another";
  }
  const skew = Number(variable("CLOCK_SKEW_SECONDS") ?? 0);
  if (expiry + skew < now.getTime() / 1000) return "the link has expired";
  return segments.some(leads) ? "the path leads out of its prefix" : undefined;
}

/** Whether a segment would be resolved to another place, or could be decoded to another one. */
function leads(segment: string): boolean {
  return !/^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/.test(segment);
}
