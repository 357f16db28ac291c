import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Difference } from "../plan/difference.ts";
import { differencesOf } from "../plan/difference.ts";
import { adopt } from "../plan/adoption.ts";
import { adoptionSentence } from "../plan/adoption-line.ts";
import { replaces } from "../plan/meanings.ts";
import type { PlannedResource } from "./planned.ts";

/** The line of the environment file that takes a change back; undefined where no field decides it. */
export function wayBack(
  config: EnvironmentConfig,
  { address }: Pick<PlannedResource, "address">,
  { path, before }: Pick<Difference, "path" | "before">,
): string | undefined {
  const line = adopt(config, { address, attribute: path, value: before });
  return "file" in line ? `write it back: ${adoptionSentence(line)}` : undefined;
}

/** The lines that take back what replaces a resource; nothing where no field decides it. */
export function waysBack(config: EnvironmentConfig, planned: PlannedResource): string[] {
  return differencesOf(planned.change.change)
    .filter((difference) => replaces(planned.change, difference))
    .flatMap((difference) => wayBack(config, planned, difference) ?? []);
}
