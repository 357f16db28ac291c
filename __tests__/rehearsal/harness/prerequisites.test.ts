import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { checkPrerequisites } from "../../../rehearsal/harness/prerequisites.ts";

test("a machine without real credentials and with the pinned Terraform is fit", async () => {
  await expect(checkPrerequisites({ PATH: process.env.PATH })).resolves.toBeUndefined();
});

test.each([
  "DIGITALOCEAN_TOKEN",
  "DIGITALOCEAN_ACCESS_TOKEN",
  "SPACES_SECRET_ACCESS_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_PROFILE",
  "TF_VAR_jwt_secret_a",
  "TF_TOKEN_app_terraform_io",
  "TF_REATTACH_PROVIDERS",
])("%s of a real account stops it, with the command that goes on without", async (name) => {
  const refused = checkPrerequisites({ [name]: "the secret" });

  await expect(refused).rejects.toThrow(`fix: env -u ${name} npm run rehearse`);
  await expect(refused).rejects.not.toThrow("the secret");
});

test("a machine without Terraform is told which version to install", async () => {
  await expect(checkPrerequisites({ PATH: "/nowhere" })).rejects.toThrow(
    /^Terraform is not on PATH\.\n {2}fix: install Terraform 1\.11\.4/,
  );
});

test("another version of Terraform is refused by its number, together with everything else", async () => {
  const directory = mkdtempSync(join(tmpdir(), "mam-"));
  const version = '{"terraform_version": "1.9.0"}';
  writeFileSync(join(directory, "terraform"), `#!/bin/sh\necho '${version}'\n`, { mode: 0o755 });
  const variables = { PATH: [directory, "/bin"].join(delimiter), AWS_PROFILE: "work" };

  const refused = checkPrerequisites(variables);
  await expect(refused).rejects.toThrow("Terraform is version 1.9.0, expected >=1.11.4 <1.16.0");
  await expect(refused).rejects.toThrow("AWS_PROFILE");
  rmSync(directory, { recursive: true });
});
