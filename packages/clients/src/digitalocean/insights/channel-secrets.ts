import type { z } from "zod";

import type { insightsNotificationChannel } from "./notification-channels.ts";

/** A channel as it is answered. */
type Channel = Pick<z.output<typeof insightsNotificationChannel>, "slack" | "webhook">;

/** A secret of a channel by the path of its field. */
export type ChannelSecret =
  | "slack.webhook_url"
  | "webhook.basic_auth.password"
  | "webhook.bearer_token.token"
  | "webhook.signature.secret";

interface Stands {
  readonly value: string | null | undefined;
  readonly status: { readonly configured: boolean } | null | undefined;
}

const fields: Readonly<Record<ChannelSecret, (channel: Channel) => Stands>> = {
  "slack.webhook_url": ({ slack }) => ({
    value: slack?.webhook_url,
    status: slack?.webhook_url_status,
  }),
  "webhook.basic_auth.password": ({ webhook }) => ({
    value: webhook?.basic_auth?.password,
    status: webhook?.basic_auth?.password_status,
  }),
  "webhook.bearer_token.token": ({ webhook }) => ({
    value: webhook?.bearer_token?.token,
    status: webhook?.bearer_token?.token_status,
  }),
  "webhook.signature.secret": ({ webhook }) => ({
    value: webhook?.signature?.secret,
    status: webhook?.signature?.secret_status,
  }),
};

/**
 * Which secrets a channel keeps. Two shapes are described: the field comes back masked (`********`, godo 1.239.0), or it is
 * left out and `..._status: { configured }` stands for it (pydo 0.44.0). Neither shows whether the secret is the right one.
 */
export function secretsOfChannel(channel: Channel): ChannelSecret[] {
  return (Object.keys(fields) as ChannelSecret[]).filter((name) => {
    const { value, status } = fields[name](channel);
    return status?.configured ?? (value !== undefined && value !== null && value !== "");
  });
}
