import { randomUUID } from "node:crypto";

import { badRequest, conflict, notFound } from "../../api/errors.ts";
import type { Store } from "../../store.ts";
import type { InsightsState, NotificationChannel } from "../model.ts";
import type { ChannelConfig, SentChannel } from "./channel-schema.ts";
import { maskedConfig } from "./masks.ts";

const kinds = ["email", "slack", "webhook"] as const;

/** Which of the three a channel is. */
export const kindOf = (config: ChannelConfig) =>
  kinds.find((kind) => config[kind] !== undefined) ?? "email";

/** @throws ApiError 404. */
export function findChannel({ channels }: InsightsState, id: string): NotificationChannel {
  const channel = channels.find((one) => one.id === id);
  if (!channel) throw notFound("notification channel not found");
  return channel;
}

const usersOf = ({ rules }: InsightsState, id: string) =>
  rules.filter(({ spec }) =>
    spec.notification_channels.some(({ notification_channel_id: told }) => told === id),
  );

/** A channel as it is answered: without its secrets. */
export function describeChannel(state: InsightsState, channel: NotificationChannel) {
  const { config, ...rest } = channel;
  return {
    ...rest,
    channel_type: `CHANNEL_TYPE_${kindOf(config).toUpperCase()}`,
    ...maskedConfig(config, state.knobs.masks),
    usage: { rule_count: usersOf(state, channel.id).length },
  };
}

/** Who gets mail: addresses between commas, semicolons or spaces. */
const addressesOf = (to: string) => to.split(/[,;\s]+/).filter((address) => address !== "");

/**
 * Checks what a new channel needs.
 *
 * @throws ApiError 400 for an address that nobody verified, and for a secret that is missing.
 */
function checked({ account, insights }: Store, { email, slack }: ChannelConfig): void {
  const verified = [...account.members, ...insights.knobs.contactEmails];
  const stranger = email && addressesOf(email.to).find((address) => !verified.includes(address));
  if (stranger !== undefined) throw badRequest(`email ${stranger} is not a verified address`);
  if (slack && slack.webhook_url === undefined) throw badRequest("slack.webhook_url is required");
}

/** Adds a channel. @throws as {@link checked}. */
export function addChannel(store: Store, { name, ...config }: SentChannel, at: Date) {
  checked(store, config);
  const time = at.toISOString();
  const channel = { id: randomUUID(), name, config, created_at: time, updated_at: time };
  store.insights.channels.push(channel);
  return channel;
}

/** What is sent, with the secrets that are kept where none is sent. */
function withKeptSecrets(sent: ChannelConfig, kept: ChannelConfig): ChannelConfig {
  const { slack, webhook } = sent;
  const { basic_auth: basic, bearer_token: bearer, signature } = webhook ?? {};
  return {
    ...sent,
    ...(slack ? { slack: { ...pick(kept.slack, "webhook_url"), ...slack } } : {}),
    ...(webhook
      ? {
          webhook: {
            ...webhook,
            ...(basic
              ? { basic_auth: { ...pick(kept.webhook?.basic_auth, "password"), ...basic } }
              : {}),
            ...(bearer ? { bearer_token: { ...kept.webhook?.bearer_token, ...bearer } } : {}),
            ...(signature ? { signature: { ...kept.webhook?.signature, ...signature } } : {}),
          },
        }
      : {}),
  };
}

function pick<Part extends object, Key extends keyof Part>(part: Part | undefined, key: Key) {
  return (part?.[key] === undefined ? {} : { [key]: part[key] }) as Partial<Pick<Part, Key>>;
}

/** Replaces a channel's name and where it leads; secrets that are not sent stay. */
export function replaceChannel(store: Store, id: string, sent: SentChannel, at: Date) {
  const channel = findChannel(store.insights, id);
  const { name, ...config } = sent;
  const whole = withKeptSecrets(config, channel.config);
  checked(store, whole);
  return Object.assign(channel, { name, config: whole, updated_at: at.toISOString() });
}

/** Removes a channel. @throws ApiError 409 while a rule tells it. */
export function removeChannel(state: InsightsState, id: string): void {
  const channel = findChannel(state, id);
  const users = usersOf(state, id).length;
  if (users > 0) throw conflict(`notification channel is used by ${users} alert rule(s)`);
  state.channels.splice(state.channels.indexOf(channel), 1);
}
