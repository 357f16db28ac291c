import type { Slot } from "../../environments/schema/rotation.ts";
import { slots } from "../../environments/schema/rotation.ts";
import { CheckSkipped } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import { fingerprint } from "../secrets/seal.ts";
import { type LinkParts, linkAddress, signLink } from "./playback-link.ts";

/** Minutes for which the links of a verification are valid. */
const minutes = 5;

/** A link that was made up for a verification. */
export interface CheckedLink {
  /** What it is, in words. */
  readonly what: string;
  readonly address: string;
}

/** The object that links lead to. */
export interface LinkTarget {
  readonly asset: string;
  readonly rest: string;
}

/** A valid link for each slot whose key is known. @throws CheckSkipped without the key of the active slot. */
export function validLinks(session: Session, target: LinkTarget, now: Date): CheckedLink[] {
  return signingKeys(session).map(({ slot, key }) => ({
    what: `a valid link signed with slot ${slot}`,
    address: linkAddress(signed(session, target, slot, key, now)),
  }));
}

/** Links that the edge has to refuse, each for another reason. @throws CheckSkipped without the key of the active slot. */
export function invalidLinks(session: Session, target: LinkTarget, now: Date): CheckedLink[] {
  const { clockSkewSeconds } = session.environment.config.secrets.lifetimes;
  const [first] = signingKeys(session);
  if (!first) throw new CheckSkipped("no signing key is known");
  const { slot, key } = first;
  const valid = signed(session, target, slot, key, now);
  const past = new Date(now.getTime() - (clockSkewSeconds + 60) * 1000);
  const later = new Date(valid.expires.getTime() + 3_600_000);
  const expired = { ...valid, expires: past };
  const links: readonly (readonly [what: string, link: LinkParts])[] = [
    ["a link with another signature", { ...valid, signature: tampered(valid.signature) }],
    ["a link to another asset", { ...valid, asset: `${valid.asset}-other` }],
    ["a link whose expiry was put off", { ...valid, expires: later }],
    ["an expired link", { ...expired, signature: signLink(expired, key) }],
  ];
  return links.map(([what, link]) => ({ what, address: linkAddress(link) }));
}

/**
 * The signing keys that were supplied, the active slot's first.
 *
 * @throws CheckSkipped when that one was not supplied, or is not the one that is deployed.
 */
function signingKeys({ supplied, environment }: Session): { slot: Slot; key: string }[] {
  const { rotation, sealed } = environment;
  const { active } = rotation["edge-signing-key"];
  const keys = [active, ...slots.filter((slot) => slot !== active)].flatMap((slot) => {
    const name = `EDGE_SIGNING_KEY_${slot}`;
    const key = supplied[name];
    const deployed = sealed?.components.edge?.[name]?.fingerprint;
    const isAnother = key !== undefined && deployed !== undefined && fingerprint(key) !== deployed;
    return key === undefined || isAnother ? [] : [{ slot, key }];
  });
  if (keys[0]?.slot !== active) {
    throw new CheckSkipped(
      `TF_VAR_edge_signing_key_${active.toLowerCase()} is not supplied, or is not the key that is deployed`,
    );
  }
  return keys;
}

function signed(
  { environment }: Session,
  target: LinkTarget,
  slot: Slot,
  key: string,
  now: Date,
): LinkParts {
  const { mediaHost } = environment.config.domain;
  const link = { ...target, mediaHost, slot, expires: new Date(now.getTime() + minutes * 60_000) };
  return { ...link, signature: signLink(link, key) };
}

/** The same signature with another last digit. */
function tampered(signature: string): string {
  return `${signature.slice(0, -1)}${signature.endsWith("0") ? "1" : "0"}`;
}
