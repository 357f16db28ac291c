import type { Environment } from "../../environments/load.ts";
import type { CheckReport } from "../command/check.ts";
import { once } from "../command/once.ts";
import type { Session } from "../command/session.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";
import { type RunningApp, runningApp } from "../secrets/running-app.ts";

/** What the gate's rules look at. */
export interface GateContext {
  readonly environment: Environment;
  readonly planned: readonly PlannedStack[];
  /** What the doctor came to; absent where it was not asked. */
  readonly doctor: CheckReport | undefined;
  /** Whether nobody is there to be asked, as in CI. */
  readonly unattended: boolean;
  /** Secrets that a person supplies, by their name in the contract. */
  readonly supplied: Readonly<Record<string, string>>;
  /** The environment's app as it runs now; undefined before its first deployment. */
  readonly app: () => Promise<RunningApp | undefined>;
}

/** What is known besides the session, and need not be asked for again. */
export type GateSubject = Pick<GateContext, "planned" | "doctor"> &
  Partial<Pick<GateContext, "app">>;

/** Prepares a context; the platform is asked once, by the first rule that needs to know what runs. */
export function gateContext(session: Session, subject: GateSubject): GateContext {
  const { environment, supplied, variables } = session;
  return {
    environment,
    supplied,
    unattended: Boolean(variables.CI),
    app: once(() => runningApp(session)),
    ...subject,
  };
}
