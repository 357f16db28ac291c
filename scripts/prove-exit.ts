import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

/** The fork that goes on where CDK for Terraform stopped, at the version that was tried. */
const successor = "npm:cdktn@0.24.0";

const packageFile = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

/**
 * Proves that the project can leave CDK for Terraform by a change of package.json alone: `npm run prove-exit` installs
 * the fork under the old name in a copy of the project, writes all stacks there, and compares them with those written
 * here. Needs the package registry and takes a few minutes.
 */
function proveExit(): string[] {
  const copy = mkdtempSync(join(tmpdir(), "mam-infra-exit-"));
  try {
    for (const part of ["main.ts", "package.json", "constructs", "environments", "stacks"]) {
      cpSync(part, join(copy, part), { recursive: true });
    }
    useSuccessor(join(copy, "package.json"));
    process.stdout.write(`installing ${successor} ...\n`);
    run(copy, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev");
    run(copy, "node", "--import", "tsx", "main.ts");
    run(".", "node", "--import", "tsx", "main.ts");
    return readdirSync("cdktf.out/stacks").filter(
      (stack) => written(".", stack) !== written(copy, stack),
    );
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function useSuccessor(file: string): void {
  const { dependencies, ...rest } = packageFile.parse(JSON.parse(readFileSync(file, "utf8")));
  // The old command line insists on the old library, and synthesis does not need it.
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

const different = proveExit();
process.stdout.write(
  different.length === 0
    ? "every stack is written the same\n"
    : `written differently: ${different.join(", ")}\n`,
);
process.exitCode = different.length === 0 ? 0 : 1;
