import { type SigningKeyName, slots } from "../../../environments/schema/rotation.ts";
import type { VariableComponent } from "../context.ts";
import { type ContractVariable, fromConfig, generatedSecret, computed } from "./variable.ts";

/** The two slots of a signing key and the selector of the active one: switching it refuses no valid token. */
const slotted = (
  name: string,
  key: SigningKeyName,
  verifiers: readonly VariableComponent[],
  signs: string,
): ContractVariable[] => [
  ...slots.map((slot) => ({
    name: `${name}_${slot}`,
    components: verifiers,
    source: generatedSecret,
    meaning: `Slot ${slot} of the key for ${signs}: 32 random bytes or more. Tokens name the slot that signed them; both slots are accepted.`,
  })),
  {
    name: `${name}_ACTIVE`,
    components: ["api"],
    source: computed(
      `active slot of \`${key}\` in the rotation file`,
      ({ rotation }) => rotation[key].active,
    ),
    meaning: `Slot that signs new ${signs}.`,
  },
];

/** Keys and lifetimes of everything that is signed. */
export const signingVariables: readonly ContractVariable[] = [
  ...slotted("EDGE_SIGNING_KEY", "edge-signing-key", ["api", "edge"], "playback and share links"),
  ...slotted("JWT_SECRET", "jwt-secret", ["api"], "session tokens"),
  ...slotted("COOKIE_SECRET", "cookie-secret", ["api"], "signed cookies"),
  {
    name: "EDGE_PUBLIC_BASE",
    components: ["api"],
    source: computed("`domain.mediaHost`", ({ config }) => `https://${config.domain.mediaHost}`),
    meaning: "Base of the links that the API signs for the edge.",
  },
  {
    name: "ACCESS_TOKEN_TTL_SECONDS",
    components: ["api"],
    source: fromConfig("secrets.lifetimes.accessTokenMinutes", 60),
    meaning: "Lifetime of access tokens.",
  },
  {
    name: "REFRESH_TOKEN_TTL_SECONDS",
    components: ["api"],
    source: fromConfig("secrets.lifetimes.refreshTokenDays", 86_400),
    meaning: "Lifetime of refresh tokens.",
  },
  {
    name: "SHARE_LINK_TTL_SECONDS",
    components: ["api"],
    source: fromConfig("secrets.lifetimes.shareLinkMinutes", 60),
    meaning: "Lifetime of playback and share links.",
  },
  {
    name: "CLOCK_SKEW_SECONDS",
    components: ["api", "edge"],
    source: fromConfig("secrets.lifetimes.clockSkewSeconds"),
    meaning: "Tolerance when an expiry is checked.",
  },
];
