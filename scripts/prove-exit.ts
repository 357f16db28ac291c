import { rmSync } from "node:fs";

import { differentStacks, installSuccessor, successor } from "./exit/successor.ts";
import { takeoverObjections } from "./exit/takeover.ts";

/**
 * Proves that the project can leave CDK for Terraform by a change of package.json alone: `npm run prove-exit` installs
 * the fork under the old name in a copy of the project, compares the stacks that the two write, and lets the copy take
 * over an environment that was deployed from here: `mam doctor` is green, `mam plan` changes nothing. Needs the package
 * registry and Terraform, and takes a few minutes.
 *
 * @returns what speaks against it.
 */
async function proveExit(): Promise<string[]> {
  process.stdout.write(`installing ${successor} ...\n`);
  const copy = installSuccessor();
  try {
    const different = differentStacks(copy).map((stack) => `${stack} is written differently`);
    process.stdout.write("deploying staging to a rehearsal cloud, and taking it over ...\n");
    return [...different, ...(await takeoverObjections(copy))];
  } finally {
    rmSync(copy, { recursive: true });
  }
}

const objections = await proveExit();
process.stdout.write(
  objections.length === 0
    ? "every stack is written the same; the doctor is green, and a plan changes nothing\n"
    : `${objections.join("\n")}\n`,
);
process.exitCode = objections.length === 0 ? 0 : 1;
