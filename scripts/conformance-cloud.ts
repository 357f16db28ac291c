import { writeFileSync } from "node:fs";

import { Command } from "commander";

import { conformance, type Conformance } from "../rehearsal/conformance/report.ts";
import { conformanceFiles } from "./conformance/files.ts";
import { conformanceSentence } from "./conformance/page.ts";

interface Options {
  readonly write?: boolean;
  readonly json?: boolean;
}

const help = `
Asks the cloud of packages/cloud what DigitalOcean's published description allows and forbids, operation by operation, in this
process, and compares. It takes about ten seconds and reaches nothing.

Examples:
  npm run conformance:cloud                 the numbers, and every difference that nobody explains
  npm run conformance:cloud -- --json       all differences, each with its reason
  npm run conformance:cloud -- --write      writes docs/conformance-of-the-cloud.md and the README's numbers

Exit code: 0 when every difference has a reason, 1 when one has none.`;

await new Command("conformance:cloud")
  .description("Compares packages/cloud with DigitalOcean's published description.")
  .option("--write", "write the page and the README's numbers")
  .option("--json", "print all differences for machines")
  .addHelpText("after", help)
  .action(async ({ write, json }: Options) => {
    const found = conformance();
    if (write) for (const [path, text] of await conformanceFiles(found)) writeFileSync(path, text);
    process.stdout.write(json ? `${JSON.stringify(found, null, 2)}\n` : textOf(found));
    if (unexplained(found).length > 0) process.exitCode = 1;
  })
  .parseAsync();

function unexplained({ differences }: Conformance) {
  return differences.filter(({ explanation }) => explanation === undefined);
}

function textOf(found: Conformance): string {
  const lines = unexplained(found).map(
    ({ operation, field, what }) => `✘ ${operation} ${field}: ${what}\n`,
  );
  if (lines.length === 0) return `${conformanceSentence(found)}\n`;
  const hint =
    "\nMend packages/cloud, or give the reason in rehearsal/conformance/differences.ts.\n";
  return `${lines.join("")}${hint}`;
}
