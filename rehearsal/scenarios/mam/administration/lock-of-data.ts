import type { Mam } from "../../../harness/mam.ts";
import type { RehearsalCloud } from "../../../harness/rehearsal-cloud.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

/** What of the lock of the data stack's state is another in each place where states lie. */
export interface LockOfData {
  /** Whether the deployment has it, and everybody can know so. */
  isTaken(cloud: RehearsalCloud): boolean;
  /** States what somebody else is told while the deployment goes on. */
  meanwhile(context: ScenarioContext, colleague: Mam): Promise<void>;
  /** States how it is given back once the deployment is dead. */
  giveBack(context: ScenarioContext): Promise<void>;
}
