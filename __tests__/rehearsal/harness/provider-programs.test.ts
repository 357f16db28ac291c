import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { execa } from "execa";

import { chooseProviders } from "../../../rehearsal/harness/providers.ts";
import { installPrograms } from "../../../rehearsal/harness/provider-programs.ts";
import { openWorkspace, type Workspace } from "../../../rehearsal/harness/workspace.ts";
import { versions } from "../../../stacks/versions.ts";

let project: string;
let workspace: Workspace;

/** A mirror that has the AWS program alone; Terraform installs a program without running it. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "mam-programs-"));
  mkdirSync(join(project, "environments"));
  writeFileSync(join(project, "environments/staging.release.json"), "{}");
  workspace = openWorkspace(project, "staging");
  const name = `terraform-provider-aws_v${versions.aws}_x5`;
  const program = `mirror/registry.terraform.io/hashicorp/aws/${versions.aws}/${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}/${name}`;
  mkdirSync(dirname(join(project, program)), { recursive: true });
  writeFileSync(join(project, program), "", { mode: 0o755 });
  writeFileSync(
    join(project, "mirror.tfrc"),
    `provider_installation {\n  filesystem_mirror {\n    path = "${join(project, "mirror")}"\n  }\n}\n`,
  );
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

const variables = () => ({
  PATH: process.env.PATH,
  TF_CLI_CONFIG_FILE: join(project, "mirror.tfrc"),
  DIGITALOCEAN_TOKEN: "of a real account",
});

test("an installed program is found by the commands of the rehearsal, and nothing else is", async () => {
  const cliConfigFile = await installPrograms(workspace, ["aws"], variables());
  const init = async (required: object) => {
    const cwd = mkdtempSync(join(project, "init-"));
    const configuration = { terraform: { required_providers: required } };
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify(configuration));
    return execa("terraform", ["init", "-no-color"], {
      cwd,
      reject: false,
      extendEnv: false,
      env: {
        PATH: process.env.PATH ?? "",
        CHECKPOINT_DISABLE: "1",
        TF_CLI_CONFIG_FILE: cliConfigFile,
      },
    });
  };
  const [found, absent] = await Promise.all([
    init({ aws: { source: "hashicorp/aws", version: versions.aws } }),
    init({ random: { source: "hashicorp/random" } }),
  ]);

  expect(found.exitCode).toBe(0);
  expect(absent.exitCode).toBe(1);
  expect(absent.stderr.replaceAll(/\s+/g, " ")).toContain(
    "hashicorp/random was not found in any of the search locations",
  );
});

test("a program that cannot be had is named, with how to play the others", async () => {
  const refused = installPrograms(workspace, ["aws", "digitalocean"], variables());

  await expect(refused).rejects.toThrow(
    `Terraform cannot install digitalocean/digitalocean ${versions.digitalocean}: Error: Failed to query available provider packages`,
  );
  await expect(refused).rejects.toThrow("or play --providers registry:aws or --providers embedded");
});

test("without programs nothing is installed", async () => {
  expect(await chooseProviders("embedded", workspace)).toEqual({
    embedded: ["aws", "digitalocean"],
    programs: [],
  });
});
