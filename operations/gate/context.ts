import type { Environment } from "../../environments/load.ts";
import type { CheckReport } from "../command/check.ts";
import type { PlannedStack } from "../plan/plan-stacks.ts";

/** What the gate's rules look at. */
export interface GateContext {
  readonly environment: Environment;
  readonly planned: readonly PlannedStack[];
  /** What the doctor came to; absent where it was not asked. */
  readonly doctor: CheckReport | undefined;
  /** Whether nobody is there to be asked, as in CI. */
  readonly unattended: boolean;
}
