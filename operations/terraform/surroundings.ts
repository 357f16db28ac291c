import { secretsAmong } from "../command/redaction.ts";
import type { Session } from "../command/session.ts";
import { terraformEnvironment } from "./child-environment.ts";
import type { TerraformSurroundings } from "./process.ts";
import { learnStates } from "./states.ts";

/** What the Terraform processes of a session run with. */
export function surroundingsOf(session: Session): TerraformSurroundings {
  const { variables, interruption, redactor } = session;
  // A session may supply values that it did not begin with.
  redactor.learn(secretsAmong(variables));
  return {
    environment: terraformEnvironment(variables),
    interruption,
    redactor,
    learnStates: () => learnStates(session),
  };
}
