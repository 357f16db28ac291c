import { execa } from "execa";

import satisfies from "semver/functions/satisfies.js";

import { versions, wantedTerraform } from "../../stacks/versions.ts";
import { CannotRehearse } from "./workspace.ts";

/** Variables through which a real account could be reached. A rehearsal does not start beside them. */
const realCredentials =
  /^(DIGITALOCEAN_(TOKEN|ACCESS_TOKEN|API_URL)|SPACES_.*|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|PROFILE)|TF_VAR_.*|TF_TOKEN_.*|TF_REATTACH_PROVIDERS)$/;

/**
 * Checks that a rehearsal can run here, and that nothing real is within reach.
 *
 * @param variables the environment of this process; Terraform is looked for on its PATH.
 * @throws CannotRehearse with every reason at once, each with its fix.
 */
export async function checkPrerequisites(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const reasons = [...credentialReasons(variables), ...(await terraformReasons(variables.PATH))];
  if (reasons.length > 0) throw new CannotRehearse(reasons.join("\n"));
}

function credentialReasons(variables: Readonly<Record<string, string | undefined>>): string[] {
  const names = Object.keys(variables).filter((name) => realCredentials.test(name));
  if (names.length === 0) return [];
  const unset = names.map((name) => `-u ${name}`).join(" ");
  return [
    `Credentials of real accounts are set: ${names.join(", ")}. A rehearsal does not start beside them.\n` +
      `  fix: env ${unset} npm run rehearse`,
  ];
}

async function terraformReasons(path = ""): Promise<string[]> {
  const fix = `  fix: install Terraform ${versions.terraform} and put it first on PATH (tfenv and mise read .terraform-version)`;
  const result = await execa("terraform", ["version", "-json"], {
    reject: false,
    env: { PATH: path, CHECKPOINT_DISABLE: "1" },
    extendEnv: false,
  });
  if (result.exitCode === undefined) return [`Terraform is not on PATH.\n${fix}`];
  const found = /"terraform_version":\s*"([^"]+)"/.exec(result.stdout)?.[1] ?? "unknown";
  if (satisfies(found, wantedTerraform)) return [];
  return [`Terraform is version ${found}, expected ${wantedTerraform}.\n${fix}`];
}
