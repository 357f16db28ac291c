import { writeFileSync } from "node:fs";
import { execa } from "execa";

import { usedOperations } from "../rehearsal/conformance/operations.ts";
import { deriveDescription } from "./description/derive.ts";

/**
 * Reads what a commit of DigitalOcean's API description says of the calls that this project makes or plays:
 * `node --import tsx scripts/read-api-description.ts <git directory of digitalocean/openapi> [commit]`. It writes
 * names, types, enums, bounds and what is required, and no text of the description.
 */
const target = "rehearsal/conformance/description.json";
const [directory, commit = "HEAD"] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write("Which git directory of github.com/digitalocean/openapi? Give its path.\n");
  process.exit(2);
}
const git = async (...words: readonly string[]) =>
  (await execa("git", ["--git-dir", directory, ...words], { maxBuffer: 1 << 28 })).stdout;
const full = await git("rev-parse", commit);
const description = await deriveDescription(
  (path) => git("show", `${full}:specification/${path}`),
  usedOperations(),
);
const source = {
  repository: "https://github.com/digitalocean/openapi",
  commit: full,
  committed: (await git("show", "-s", "--format=%cs", full)).trim(),
  licence: "Apache-2.0",
  note: "Derived by scripts/read-api-description.ts: names, types, enums, bounds, required. No text of the description.",
};
writeFileSync(target, inLines({ source, ...description }));
process.stdout.write(`${target}\n`);

/** JSON with an operation, a schema, a name a line: a newer description is a readable difference. */
function inLines(value: object): string {
  const lines = Object.entries(value).map(([name, part]) => {
    const isList = Array.isArray(part);
    const entries = Object.entries(part as object).map(([key, one]) =>
      isList ? JSON.stringify(one) : `${JSON.stringify(key)}: ${JSON.stringify(one)}`,
    );
    const [open, close] = isList ? ["[", "]"] : ["{", "}"];
    return `${JSON.stringify(name)}: ${open}\n${entries.join(",\n")}\n${close}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}
