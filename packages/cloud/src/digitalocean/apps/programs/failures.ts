import type { ContainerFailure } from "../../../programs/container.ts";
import { crashed, unhealthyAt } from "../deployments/readiness.ts";
import type { Instance, RolloutFailure } from "../model.ts";
import type { AppSpec } from "../spec/spec.ts";

/** What a deployment says about an instance that does not come up; undefined for one that does, or still may. */
export function rolloutFailureOf(
  { component }: Instance,
  spec: AppSpec,
  failure: ContainerFailure | undefined,
): RolloutFailure | undefined {
  if (failure === undefined) return undefined;
  const path = spec.services?.find(({ name }) => name === component)?.health_check?.http_path;
  const reasons = {
    unhealthy: unhealthyAt(path),
    crashed,
    ended: { ...crashed, message: "Your container exited with exit code 0." },
  };
  return { component, step: "wait", ...reasons[failure] };
}
