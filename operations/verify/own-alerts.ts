import { clusterName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { ObservedData } from "../platform/observed-data.ts";
import type { ObservedState } from "../platform/observed-state.ts";

/** Whether an alert policy is one that the project makes: its description begins with the name of one of its clusters. */
export function isOwnPolicy(
  config: EnvironmentConfig,
  { description }: ObservedData["policies"][number],
): boolean {
  return (["postgres", "valkey"] as const).some((cluster) =>
    description.startsWith(`${clusterName(config, cluster)}: `),
  );
}

/** Whether an alert of an uptime check is one that the project makes: its name begins with that of the check. */
export function isOwnAlert(
  { check }: Pick<ObservedState["checks"][number], "check">,
  { name }: ObservedState["checks"][number]["alerts"][number],
): boolean {
  return name.startsWith(`${check.name}-`);
}
