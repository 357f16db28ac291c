import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import type { Glance } from "./glance.ts";

/** What an uptime check sees. */
export interface UptimeStatus {
  readonly name: string;
  readonly enabled: boolean;
  /** Whether the app shows its maintenance page, while which the checks are switched off. */
  readonly maintained?: boolean;
  /** Regions that reach the target, and those that do not. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Worst of the regions over thirty days; undefined for a check that is too young. */
  readonly thirtyDayPercent: number | undefined;
}

/** What every uptime check of the environment sees. */
export function uptimeStatuses(
  api: DigitalOcean,
  checks: Glance["checks"],
  maintained: boolean,
): Promise<UptimeStatus[]> {
  const inOrder = checks.toSorted((one, other) => one.check.name.localeCompare(other.check.name));
  return Promise.all(
    inOrder.map(async ({ check: { id, name, enabled } }) => {
      const { state } = await api.call("getUptimeState", { check_id: id });
      const regions = Object.entries(state.regions ?? {});
      const percents = regions.flatMap(([, one]) => one.thirty_day_uptime_percentage ?? []);
      const names = (isOf: (status: string) => boolean) =>
        regions.filter(([, { status }]) => isOf(status)).map(([region]) => region);
      return {
        name,
        enabled,
        ...(maintained ? { maintained } : {}),
        up: names((status) => status === "UP"),
        down: names((status) => status === "DOWN"),
        thirtyDayPercent: percents.length > 0 ? Math.min(...percents) : undefined,
      };
    }),
  );
}
