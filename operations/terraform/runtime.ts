import { secretsAmong } from "../context/redaction.ts";
import type { Session } from "../context/session.ts";
import { placeOf } from "../context/place.ts";
import { noNeeds, terraformEnvironment } from "./child-environment.ts";
import type { TerraformRuntime } from "./process.ts";
import { learnStates } from "./states.ts";
import type { SynthesizedStack } from "./synthesis.ts";

/**
 * What the Terraform processes of a session run with.
 *
 * @param stack whose secrets they get; none without it.
 */
export function terraformRuntime(
  session: Session,
  stack?: Pick<SynthesizedStack, "needs">,
): TerraformRuntime {
  const { project, variables, interruption, redactor } = session;
  // A session may supply values that it did not begin with.
  redactor.learn(secretsAmong(variables));
  return {
    program: programOf(variables),
    ready: placeOf(project, variables).ready,
    environment: terraformEnvironment(variables, stack?.needs ?? noNeeds),
    interruption,
    redactor,
    learnStates: () => learnStates(session),
  };
}

/** The program that is Terraform: another one by the variable by which CDKTF takes another one too. */
function programOf({ TERRAFORM_BINARY_NAME: named }: Session["variables"]): string {
  return named === undefined || named === "" ? "terraform" : named;
}
