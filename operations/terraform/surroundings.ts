import { redactor } from "../command/redaction.ts";
import type { Session } from "../command/session.ts";
import { terraformEnvironment } from "./child-environment.ts";
import type { TerraformSurroundings } from "./process.ts";

/** What the Terraform processes of a session run with. */
export function surroundingsOf({ variables, interruption }: Session): TerraformSurroundings {
  return {
    environment: terraformEnvironment(variables),
    interruption,
    redact: redactor(variables),
  };
}
