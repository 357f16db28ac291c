import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { writeAtomically } from "../context/atomic-write.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { type RunbookPage, runbookPages } from "./pages.ts";

/** Options of `mam runbook`. */
export interface RunbookOptions {
  /** Writes nothing, and fails where a page is not what it would be. */
  readonly check: boolean;
}

/** Writes the runbook of an environment, or says whether it is current. Nothing is asked of a platform. */
export function runbook(
  { environment: { config }, project }: Session,
  { check }: RunbookOptions,
): Outcome {
  const pages = runbookPages(config);
  const stale = pages.filter((page) => !isCurrent(project, page));
  if (!check) for (const { path, content } of stale) writeAtomically(join(project, path), content);
  const ok = !check || stale.length === 0;
  return {
    ok,
    data: {
      environment: config.name,
      pages: pages.map(({ path }) => path),
      stale: stale.map(({ path }) => path),
      written: !check,
    },
    text: textOf(config.name, pages, stale, check),
  };
}

function isCurrent(project: string, { path, content }: RunbookPage): boolean {
  const file = join(project, path);
  return existsSync(file) && readFileSync(file, "utf8") === content;
}

function textOf(
  name: string,
  pages: readonly RunbookPage[],
  stale: readonly RunbookPage[],
  check: boolean,
): string {
  const says = (page: RunbookPage) => {
    if (!stale.includes(page)) return "current";
    return check ? "not current" : "written";
  };
  const rows = pages.map((page) => `${page.path}  ${says(page)}\n`);
  const next =
    stale.length === 0
      ? ""
      : check
        ? `Next: mam runbook ${name}, and commit what it writes\n`
        : "Commit them: a test fails when they are not what the environment says.\n";
  return `${rows.join("")}${next}`;
}
