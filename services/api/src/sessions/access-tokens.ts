import { type Slot } from "@mam-services/common/links";
import { createSigner, createVerifier } from "fast-jwt";
import { z } from "zod";

import type { RotatedKey } from "../environment.ts";

/** Whom an access token speaks for. */
export interface Caller {
  readonly userId: string;
  readonly sessionId: string;
}

/** Signs and verifies access tokens. */
export interface AccessTokens {
  sign(caller: Caller): string;
  /** Undefined for a token that is expired, of another key, of another algorithm, or no token. */
  verify(token: string): Caller | undefined;
}

/** Lifetimes of access tokens. */
export interface AccessTokenLifetimes {
  readonly lifetimeSeconds: number;
  /** For which an expired token still counts: clocks of two instances differ. */
  readonly clockSkewSeconds: number;
}

const claims = z.object({ sub: z.string(), sid: z.string() });

/**
 * Access tokens are JWTs (HS256) that name the slot of their key as `kid`: the active slot signs, both are accepted, so
 * that a key is replaced while everybody stays signed in.
 */
export function createAccessTokens(
  { keys, active }: RotatedKey,
  { lifetimeSeconds, clockSkewSeconds }: AccessTokenLifetimes,
): AccessTokens {
  const sign = createSigner({
    key: keys[active],
    kid: active,
    algorithm: "HS256",
    expiresIn: lifetimeSeconds * 1000,
  });
  const verifierOf = (slot: Slot) =>
    keys[slot] === ""
      ? undefined
      : createVerifier({
          key: keys[slot],
          algorithms: ["HS256"],
          clockTolerance: clockSkewSeconds * 1000,
          requiredClaims: ["exp"],
        });
  const verifiers = { A: verifierOf("A"), B: verifierOf("B") };
  return {
    sign: ({ userId, sessionId }) => sign({ sub: userId, sid: sessionId }),
    verify: (token) => {
      try {
        const { sub, sid } = claims.parse(verifiers[slotOf(token)]?.(token));
        return { userId: sub, sessionId: sid };
      } catch {
        return undefined;
      }
    },
  };
}

const header = z.object({ kid: z.enum(["A", "B"]) });

/** The slot that a token names, which nothing is believed of but which key has to verify it. @throws for none */
function slotOf(token: string): Slot {
  const [encoded = ""] = token.split(".", 1);
  return header.parse(JSON.parse(Buffer.from(encoded, "base64url").toString())).kid;
}
