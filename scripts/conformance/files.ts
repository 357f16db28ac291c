import { readFileSync } from "node:fs";

import { format, resolveConfig } from "prettier";

import type { Conformance } from "../../rehearsal/conformance/report.ts";
import { withSection } from "../docs/sections.ts";
import { conformancePage, conformancePath, conformanceSentence } from "./page.ts";

/** The page, and the README that quotes its numbers, as they have to stand in the repository. */
export async function conformanceFiles(found: Conformance): Promise<ReadonlyMap<string, string>> {
  const readme = readFileSync("README.md", "utf8");
  const quoted = `${conformanceSentence(found)} [Which ones](${conformancePath}).`;
  const files = [
    [conformancePath, conformancePage(found)],
    ["README.md", withSection(readme, "conformance", quoted)],
  ] as const;
  const options = await resolveConfig("README.md");
  const formatted = files.map(
    async ([path, text]) => [path, await format(text, { ...options, filepath: path })] as const,
  );
  return new Map(await Promise.all(formatted));
}
