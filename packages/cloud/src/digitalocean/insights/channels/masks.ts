import type { InsightsKnobs } from "../knobs.ts";
import type { ChannelConfig } from "./channel-schema.ts";

const mask = "********";

/**
 * A secret as it is answered: masked, or left out with a status in its place; absent where there is none. Sources: godo
 * 1.239.0 for the first, pydo 0.44.0 and DigitalOcean's API description for the second.
 */
function shown(name: string, secret: string | undefined, masks: InsightsKnobs["masks"]) {
  if (secret === undefined) return {};
  return masks === "masked" ? { [name]: mask } : { [`${name}_status`]: { configured: true } };
}

/** Where a channel leads, without its secrets. */
export function maskedConfig(
  { email, slack, webhook }: ChannelConfig,
  masks: InsightsKnobs["masks"],
) {
  if (email) return { email };
  if (slack) {
    const { webhook_url: url, ...rest } = slack;
    return { slack: { ...rest, ...shown("webhook_url", url, masks) } };
  }
  if (!webhook) return {};
  const { basic_auth: basic, bearer_token: bearer, signature, ...rest } = webhook;
  return {
    webhook: {
      ...rest,
      ...(basic
        ? { basic_auth: { username: basic.username, ...shown("password", basic.password, masks) } }
        : {}),
      ...(bearer ? { bearer_token: shown("token", bearer.token, masks) } : {}),
      ...(signature ? { signature: shown("secret", signature.secret, masks) } : {}),
    },
  };
}
