import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { installServices } from "../../../rehearsal/platform/services.ts";

/** A project whose npm installs what npm would when it is let go. */
function aProject() {
  const project = mkdtempSync(join(tmpdir(), "mam-services-"));
  const programs = join(project, "programs");
  mkdirSync(programs);
  mkdirSync(join(project, "services"));
  writeFileSync(join(project, "services", "package-lock.json"), "{}");
  const npm = [
    "#!/bin/sh",
    `until [ -e ${join(project, "go")} ]; do sleep 0.05; done`,
    "mkdir -p node_modules && echo '{}' > node_modules/.package-lock.json",
  ];
  writeFileSync(join(programs, "npm"), npm.join("\n"), { mode: 0o755 });
  return { project, programs };
}

test("of two that install the packages at once one does, and the other says for whom it waits", async () => {
  const { project, programs } = aProject();
  const { PATH = "" } = process.env;
  process.env.PATH = `${programs}${delimiter}${PATH}`;
  const told: string[] = [];
  const tell = (words: string) => {
    told.push(words);
    // Both have begun: one waits, or both install.
    if (told.length === 2) writeFileSync(join(project, "go"), "");
  };
  const { signal: interruption } = new AbortController();
  await Promise.all([1, 2].map(() => installServices(project, { tell, interruption })));
  process.env.PATH = PATH;
  rmSync(project, { recursive: true });

  expect(told.filter((words) => words.startsWith("installing"))).toHaveLength(1);
  expect(told.join("\n")).toContain("waiting for npm ci in services/ (process ");
});
