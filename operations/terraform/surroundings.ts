import { redactor } from "../command/redaction.ts";
import type { Session } from "../command/session.ts";
import { placeOf } from "../runs/place.ts";
import { noNeeds, terraformEnvironment } from "./child-environment.ts";
import type { TerraformSurroundings } from "./process.ts";
import type { WrittenStack } from "./synthesis.ts";

/**
 * What the Terraform processes of a session run with.
 *
 * @param stack whose secrets they get; none without it.
 */
export function surroundingsOf(
  { project, variables, interruption }: Session,
  stack?: Pick<WrittenStack, "needs">,
): TerraformSurroundings {
  return {
    program: programOf(variables),
    ready: placeOf(project, variables).ready,
    environment: terraformEnvironment(variables, stack?.needs ?? noNeeds),
    interruption,
    redact: redactor(variables),
  };
}

/** The program that is Terraform: another one by the variable by which CDKTF takes another one too. */
function programOf({ TERRAFORM_BINARY_NAME: named }: Session["variables"]): string {
  return named === undefined || named === "" ? "terraform" : named;
}
