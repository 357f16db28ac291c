import type { Environment } from "../../environments/loading/load.ts";
import { CheckSkipped, type Violation } from "../context/check.ts";
import { inventory } from "./inventory.ts";
import { terraformVariable } from "./slotted.ts";

/**
 * The secrets that nobody has: neither sealed for each of their components, nor supplied. None of them is told with a value.
 *
 * @throws CheckSkipped where HCP Terraform runs Terraform, which has the variables then.
 */
export function missingSecrets(
  environment: Environment,
  supplied: Readonly<Record<string, string>>,
): Violation[] {
  const { backend } = environment.config.state;
  if (backend.kind === "hcp" && backend.execution === "remote")
    throw new CheckSkipped("HCP Terraform's workspaces have the variables");
  return inventory(environment, supplied)
    .filter(({ standing }) => standing === "missing")
    .map(({ name, unsealed }) => ({
      resource: name,
      expected: "sealed or supplied",
      found: `neither, for ${unsealed.join(", ")}`,
      fix: `export ${terraformVariable(name)}=…`,
    }));
}
