import { maskedConfig } from "./channels/masks.ts";
import type { InsightsState } from "./model.ts";

const byName = <Item>(items: readonly Item[], name: (item: Item) => string) =>
  items.toSorted((one, other) => name(one).localeCompare(name(other)));

/** Insights as a scenario compares it: what was set up, and nothing that comes and goes; no secrets. */
export function summarizeInsights({ dashboards, rules, channels, resources }: InsightsState) {
  const channelName = (id: string) => channels.find((one) => one.id === id)?.name ?? id;
  return {
    dashboards: byName(dashboards, ({ name }) => name).map(({ name, description, spec }) => ({
      name,
      description,
      // It was parsed when it was accepted.
      spec: JSON.parse(spec) as unknown,
    })),
    rules: byName(rules, ({ spec }) => spec.name).map(({ spec, status, isConsoleMade }) => ({
      spec: {
        ...spec,
        notification_channels: spec.notification_channels.map(
          ({ notification_channel_id: id, ...rest }) => ({ channel: channelName(id), ...rest }),
        ),
      },
      status,
      ...(isConsoleMade ? { made_by: "console" } : {}),
    })),
    channels: byName(channels, ({ name }) => name).map(({ name, config }) => ({
      name,
      ...maskedConfig(config, "status"),
    })),
    resources: byName(resources, ({ resource_urn: urn }) => urn),
  };
}
