import { oneLine } from "../context/printable.ts";
import type { PlatformDeployment } from "../platform/deployments.ts";

type Step = NonNullable<NonNullable<PlatformDeployment["progress"]>["steps"]>[number];

/** A step of a deployment that failed. */
export interface FailedStep {
  /** The component that it is about; undefined for one that is about the whole app. */
  readonly component: string | undefined;
  /** Why, in the platform's words. */
  readonly reason: string;
}

/** The innermost steps that failed: the outer ones only repeat that something in them did. */
export function failedSteps({ progress }: PlatformDeployment): FailedStep[] {
  return innermost(progress?.steps ?? []).map(({ name, component_name, reason }) => ({
    component: component_name ? oneLine(component_name) : undefined,
    reason: oneLine(
      [reason?.code, reason?.message].filter(Boolean).join(": ") || `the step ${name ?? ""} failed`,
    ),
  }));
}

function innermost(steps: readonly Step[]): Step[] {
  return steps
    .filter(({ status }) => status === "ERROR")
    .flatMap((step) => {
      const inner = innermost(step.steps ?? []);
      // An outer step may know the component when the inner one does not.
      const named = inner.map((one) => ({
        ...one,
        component_name: one.component_name ?? step.component_name,
      }));
      return named.length > 0 ? named : [step];
    });
}
