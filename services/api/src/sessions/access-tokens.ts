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
  verify(token: string): Promise<Caller | undefined>;
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
  const verify = createVerifier({
    key: ({ header }: { header: { kid?: unknown } }) => Promise.resolve(keyOf(keys, header.kid)),
    algorithms: ["HS256"],
    clockTolerance: clockSkewSeconds * 1000,
    requiredClaims: ["exp"],
  });
  return {
    sign: ({ userId, sessionId }) => sign({ sub: userId, sid: sessionId }),
    verify: async (token) => {
      try {
        const { sub, sid } = claims.parse(await verify(token));
        return { userId: sub, sessionId: sid };
      } catch {
        return undefined;
      }
    },
  };
}

/** @throws Error for a slot that is unknown or unused: an empty key would verify what anybody can sign. */
function keyOf(keys: RotatedKey["keys"], kid: unknown): string {
  const key = kid === "A" || kid === "B" ? keys[kid satisfies Slot] : "";
  if (key === "") throw new Error("the token names no slot with a key");
  return key;
}
