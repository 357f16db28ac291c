import type { CheckReport } from "../context/check.ts";
import type { Session } from "../context/session.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import type { AnyStack } from "../terraform/stack-kinds.ts";
import { type Past, pastOf } from "../older-files/past.ts";
import type { Files } from "../older-files/files.ts";

/** What the gate's rules look at. */
export interface GateContext extends Files {
  readonly planned: readonly PlannedStack<AnyStack>[];
  /** What the doctor came to; absent where it was not asked. */
  readonly doctor: CheckReport | undefined;
  /** Whether nobody is there to be asked, as in CI. */
  readonly unattended: boolean;
  /** What runs, and what ran. */
  readonly past: Past;
}

/** What is known besides the session. */
export interface GateSubject extends Pick<GateContext, "planned" | "doctor"> {
  readonly goingBack?: boolean;
  /** What need not be asked for again. */
  readonly past?: Partial<Past>;
}

/** Prepares a context; the platform is asked by the first rule that needs to know what runs. */
export function gateContext(
  session: Session,
  { past, goingBack = false, planned, doctor }: GateSubject,
): GateContext {
  const { environment, supplied, releases, variables } = session;
  return {
    environment,
    supplied,
    releases,
    goingBack,
    planned,
    doctor,
    unattended: Boolean(variables.CI),
    past: pastOf(session, past),
  };
}
