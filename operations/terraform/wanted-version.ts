import { versions, wantedTerraform } from "../../stacks/versions.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Diagnostic } from "./messages.ts";

/** What a person does about a Terraform that is missing, or of a version that nobody tried. */
export const terraformFix = `install Terraform ${versions.terraform} and put it first on PATH, which tfenv and mise do by .terraform-version; or name its program in TERRAFORM_BINARY_NAME`;

/** Thrown when the Terraform that would run is none of those that every act was played with. */
export class WrongTerraform extends NotConfigured {
  constructor(program: string, found: string) {
    super(`${program}: expected ${wantedTerraform}, found ${found}\n  fix: ${terraformFix}`);
    this.name = "WrongTerraform";
  }
}

/** Exit codes of a shell for a program that is not found, or cannot be run (POSIX, 2.8.2). */
const notStarted: Readonly<Record<number, string>> = {
  126: "a file that does not run",
  127: "none on PATH",
};

/** What is wrong with a Terraform that did not do what it was asked, if it is the program itself. */
export function wrongTerraform(
  program: string,
  exitCode: number,
  diagnostics: readonly Diagnostic[],
): WrongTerraform | undefined {
  const missing = notStarted[exitCode];
  if (missing !== undefined) return new WrongTerraform(program, missing);
  const refused = diagnostics.find(({ summary }) =>
    /^Unsupported (Terraform|OpenTofu)/.test(summary),
  );
  if (!refused) return undefined;
  const [, version = "another version"] = /version (\d\S*\d)/.exec(refused.detail) ?? [];
  return new WrongTerraform(program, version);
}
