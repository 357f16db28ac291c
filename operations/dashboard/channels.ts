import type { InsightsItem } from "@mam-infra/clients/digitalocean/insights";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { namePrefix } from "../../monitoring/mark.ts";
import { mailChannelName } from "../../monitoring/rules.ts";
import type { PlannedChange } from "./change.ts";
import { fieldDifferences } from "./difference.ts";

type Channel = InsightsItem<"listInsightsNotificationChannels">;

/** The channels that carry the environment's mark. */
export function ownChannels(environment: string, standing: readonly Channel[]): Channel[] {
  return standing.filter(({ name }) => name.startsWith(namePrefix(environment)));
}

/** The channel that rules tell, where it stands already. */
export function mailChannel(
  environment: string,
  standing: readonly Channel[],
): Channel | undefined {
  return standing.find(({ name }) => name === mailChannelName(environment));
}

/** Addresses in any of the ways in which they may be separated. */
const addresses = (to: string) =>
  to
    .split(/[\s,;]+/)
    .filter((one) => one !== "")
    .toSorted();

/** What makes the channel that tells `alerting.recipients`; nothing in an environment that tells nobody. */
export function planChannel(
  { name: environment, alerting }: EnvironmentConfig,
  standing: readonly Channel[],
): readonly PlannedChange[] {
  if (alerting.recipients.length === 0) return [];
  const name = mailChannelName(environment);
  const own = mailChannel(environment, standing);
  const body = { name, email: { to: alerting.recipients.join(", ") } };
  const change = { what: "notification channel", name } as const;
  if (!own) {
    const send: PlannedChange["send"] = async (api, sent) => {
      const made = await api.call("createInsightsNotificationChannel", {}, { body });
      sent.channelId = made.notification_channel.id;
    };
    return [{ ...change, action: "create", differences: [], send }];
  }
  const differences = fieldDifferences(
    { "email.to": addresses(body.email.to).join(", ") },
    { "email.to": own.email ? addresses(own.email.to).join(", ") : "no e-mail" },
  );
  const send: PlannedChange["send"] = (api) =>
    api.call("updateInsightsNotificationChannel", { notification_channel_id: own.id }, { body });
  return differences.length > 0 ? [{ ...change, action: "update", differences, send }] : [];
}

/** What takes away channels, such as those that nothing tells any more. */
export function withoutChannels(channels: readonly Channel[]): readonly PlannedChange[] {
  return channels.map(({ id, name }) => ({
    what: "notification channel",
    name,
    action: "delete",
    differences: [],
    send: (api) => api.call("deleteInsightsNotificationChannel", { notification_channel_id: id }),
  }));
}
