import { z } from "zod";

import { nothing, type Endpoint } from "../endpoint.ts";
import { items, paging } from "./paging.ts";

const status = z.looseObject({ configured: z.boolean() }).nullish();

const email = z.looseObject({
  /** Addresses in one text, separated by commas, semicolons or spaces. */
  to: z.string(),
});
const slack = z.looseObject({
  channel: z.string(),
  webhook_url: z.string().nullish(),
  webhook_url_status: status,
});
const webhook = z.looseObject({
  url: z.string(),
  basic_auth: z
    .looseObject({
      username: z.string(),
      password: z.string().nullish(),
      password_status: status,
    })
    .nullish(),
  bearer_token: z.looseObject({ token: z.string().nullish(), token_status: status }).nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  signature: z.looseObject({ secret: z.string().nullish(), secret_status: status }).nullish(),
});

const kinds = { email: email.nullish(), slack: slack.nullish(), webhook: webhook.nullish() };

/** Where alerts are told. No answer holds a secret: read whether one is kept with `secretsOfChannel`. */
export const insightsNotificationChannel = z.looseObject({
  id: z.string(),
  name: z.string(),
  channel_type: z.string().nullish(),
  ...kinds,
  usage: z.looseObject({ rule_count: z.number().nullish() }).nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});

const sent = z.looseObject({ name: z.string(), ...kinds });
const answered = z.looseObject({ notification_channel: insightsNotificationChannel });
const path = "/v2/insights/notification-channels";
const one = `${path}/{notification_channel_id}` as const;

/**
 * Notification channels of Insights (godo 1.239.0). One is sent as its name with exactly one of email, slack and webhook;
 * an update that leaves out a secret keeps the one that is stored. The list's query: `page`, `per_page`.
 */
export const insightsNotificationChannels = {
  listInsightsNotificationChannels: {
    method: "GET",
    path,
    response: z.looseObject({
      notification_channels: items(insightsNotificationChannel),
      ...paging,
    }),
  },
  createInsightsNotificationChannel: { method: "POST", path, request: sent, response: answered },
  getInsightsNotificationChannel: { method: "GET", path: one, response: answered },
  updateInsightsNotificationChannel: {
    method: "PUT",
    path: one,
    request: sent,
    response: answered,
  },
  deleteInsightsNotificationChannel: {
    method: "DELETE",
    path: one,
    response: nothing,
    explains: {
      409: "an alert rule still tells this channel, perhaps one that the list does not show because it was made in the control panel: change or delete that rule first",
    },
  },
} as const satisfies Record<string, Endpoint>;
