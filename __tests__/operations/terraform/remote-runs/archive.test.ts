import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execaSync } from "execa";

import { archiveOf } from "../../../../operations/terraform/remote-runs/archive.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "archive-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const lists = (archive: Buffer) =>
  execaSync("tar", ["-tzf", "-"], { input: archive }).stdout.split("\n");

test("a run is sent the Terraform JSON and the lock file, and nothing that lies beside them", () => {
  const stack = JSON.stringify({
    resource: { terraform_data: { "it-ä": { input: "1".repeat(2000) } } },
  });
  writeFileSync(join(directory, "cdk.tf.json"), stack);
  writeFileSync(join(directory, ".terraform.lock.hcl"), "# locked\n");
  for (const name of [".env", "plan", "terraform.tfstate", "secret.auto.tfvars"])
    writeFileSync(join(directory, name), "secret");
  const archive = archiveOf(directory);
  const { stdout } = execaSync("tar", ["-xzOf", "-", "cdk.tf.json"], { input: archive });

  expect(lists(archive)).toEqual(["cdk.tf.json", ".terraform.lock.hcl"]);
  expect(stdout).toBe(stack);
});

test("a stack without a lock file, as where providers are not installed, is sent alone", () => {
  writeFileSync(join(directory, "cdk.tf.json"), "{}");

  expect(lists(archiveOf(directory))).toEqual(["cdk.tf.json"]);
});
