import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

/** The fork that goes on where CDK for Terraform stopped, at the version that was tried. */
export const successor = "npm:cdktn@0.24.0";

/** What of the project a deployment needs. */
const parts = [
  ...["main.ts", "package.json", ".terraform-version", ".nvmrc"],
  ...["constructs", "environments", "operations", "packages/clients", "stacks"],
];

const packageFile = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

/**
 * A copy of the project in a directory of its own, with the fork installed under the old name: nothing else differs.
 * Whoever calls it removes the directory.
 */
export function installSuccessor(): string {
  const copy = mkdtempSync(join(tmpdir(), "mam-infra-exit-"));
  for (const part of parts) cpSync(part, join(copy, part), { recursive: true });
  withoutTools(join(copy, "packages/clients/package.json"));
  withoutTools(join(copy, "package.json"));
  useSuccessor(join(copy, "package.json"));
  run(copy, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev");
  return copy;
}

/** Takes out what only tests and rehearsals need: it is not in the copy. */
function withoutTools(file: string): void {
  const read = packageFile.parse(JSON.parse(readFileSync(file, "utf8")));
  writeFileSync(file, JSON.stringify({ ...read, devDependencies: {} }));
}

function useSuccessor(file: string): void {
  const { dependencies, ...rest } = packageFile.parse(JSON.parse(readFileSync(file, "utf8")));
  // The old command line insists on the old library, and neither synthesis nor `mam` needs it.
  const kept = Object.entries(dependencies).filter(([name]) => name !== "cdktf-cli");
  const own = { cdktf: "$cdktf", constructs: "$constructs" };
  const overrides = { "@cdktf/provider-aws": own, "@cdktf/provider-digitalocean": own };
  const changed = {
    ...rest,
    dependencies: { ...Object.fromEntries(kept), cdktf: successor },
    overrides,
  };
  writeFileSync(file, JSON.stringify(changed));
}

/** The stacks that the project and its copy write differently. */
export function differentStacks(copy: string): string[] {
  run(copy, "node", "--import", "tsx", "main.ts");
  run(".", "node", "--import", "tsx", "main.ts");
  return readdirSync("cdktf.out/stacks").filter(
    (stack) => written(".", stack) !== written(copy, stack),
  );
}

function run(directory: string, command: string, ...args: string[]): void {
  execFileSync(command, args, { cwd: directory, stdio: ["ignore", "ignore", "inherit"] });
}

/** The Terraform JSON of a stack without CDKTF's own notes, and without empty blocks, which the two write differently. */
function written(directory: string, stack: string): string {
  const text = readFileSync(join(directory, "cdktf.out/stacks", stack, "cdk.tf.json"), "utf8");
  return JSON.stringify(JSON.parse(text), (key, value: unknown) =>
    key === "//" ? undefined : value,
  );
}
