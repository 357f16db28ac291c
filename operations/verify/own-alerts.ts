import { resourceName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { DataSurvey } from "../platform/data-survey.ts";
import type { Survey } from "../platform/survey.ts";

/** Whether an alert policy is one that the project makes: it is told by how its description begins. */
export function isOwnPolicy(
  config: EnvironmentConfig,
  { description }: DataSurvey["policies"][number],
): boolean {
  return ["postgres", "valkey"].some((noun) =>
    description.startsWith(`${resourceName(config, noun)}: `),
  );
}

/** Whether an alert of an uptime check is one that the project makes: its name begins with that of the check. */
export function isOwnAlert(
  { check }: Pick<Survey["checks"][number], "check">,
  { name }: Survey["checks"][number]["alerts"][number],
): boolean {
  return name.startsWith(`${check.name}-`);
}
