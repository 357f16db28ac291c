import { kindOf } from "../channels/channels.ts";
import type {
  AlertInstance,
  AlertRule,
  Delivery,
  InsightsState,
  NotificationChannel,
} from "../model.ts";

/** Deliveries that are kept. */
const kept = 1000;

const addressOf = ({ config: { email, slack, webhook } }: NotificationChannel) =>
  email?.to ?? slack?.channel ?? webhook?.url ?? "";

/** Tells the channels of a rule that want to hear of such a severity; nobody is reached, it is written down. */
export function tell(
  state: InsightsState,
  { spec }: AlertRule,
  { severity, value, resource_urn: urn }: AlertInstance,
  event: { readonly state: Delivery["state"]; readonly at: number },
): void {
  for (const {
    notification_channel_id: id,
    notify_on: wanted = [],
  } of spec.notification_channels) {
    const channel = state.channels.find((one) => one.id === id);
    const isWanted = wanted.length === 0 || wanted.includes(`SEVERITY_${severity.toUpperCase()}`);
    if (!channel || !isWanted) continue;
    state.deliveries.push({
      at: new Date(event.at).toISOString(),
      rule: spec.name,
      channel: channel.name,
      by: kindOf(channel.config),
      to: addressOf(channel),
      state: event.state,
      severity,
      value,
      metric: spec.query.metric,
      resource_urn: urn,
    });
  }
  if (state.deliveries.length > kept) state.deliveries.splice(0, state.deliveries.length - kept);
}
