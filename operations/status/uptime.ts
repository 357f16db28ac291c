import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { resourceName } from "../../constructs/naming.ts";
import { wantedChecks } from "../../constructs/monitoring/uptime-checks.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Glance } from "./glance.ts";

/** What an uptime check sees. */
export interface UptimeStatus {
  readonly name: string;
  readonly enabled: boolean;
  /** Whether the environment has it and the platform does not; it is not enabled then. */
  readonly missing?: boolean;
  /** Whether the app shows its maintenance page, while which the checks are switched off. */
  readonly maintained?: boolean;
  /** Regions that reach the target, and those that do not. */
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Worst of the regions over thirty days; undefined for a check that is too young. */
  readonly thirtyDayPercent: number | undefined;
}

/** What every uptime check of the environment sees, by name; one that somebody deleted is among them. */
export async function uptimeStatuses(
  api: DigitalOcean,
  config: EnvironmentConfig,
  checks: Glance["checks"],
  maintained: boolean,
): Promise<UptimeStatus[]> {
  const seen = await Promise.all(
    checks.map(async ({ check: { id, name, enabled } }) => {
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
  return [...seen, ...missingOf(config, seen)].toSorted((one, other) =>
    one.name.localeCompare(other.name),
  );
}

function missingOf(config: EnvironmentConfig, seen: readonly UptimeStatus[]): UptimeStatus[] {
  const nothing = { enabled: false, missing: true, up: [], down: [], thirtyDayPercent: undefined };
  return wantedChecks(config)
    .map(({ noun }) => resourceName(config, noun))
    .filter((wanted) => !seen.some(({ name }) => name === wanted))
    .map((name) => ({ name, ...nothing }));
}
