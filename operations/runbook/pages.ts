import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { renderHtml } from "./render/html.ts";
import { renderMarkdown } from "./render/markdown.ts";
import { runbookOf } from "./sections.ts";

/** A page of a runbook, as it has to stand in the project. */
export interface RunbookPage {
  /** Path within the project. */
  readonly path: string;
  readonly content: string;
}

/**
 * The runbook of an environment as Markdown and as one HTML page. In the HTML page, links to the rest of the documentation
 * lead to `monitoring.insights.docsUrl` where the environment has it, because such a page is sent around.
 */
export function runbookPages(config: EnvironmentConfig): readonly RunbookPage[] {
  const runbook = runbookOf(config);
  const path = `docs/runbook.${config.name}`;
  const { docsUrl } = config.monitoring.insights;
  const pages = docsUrl === undefined ? "" : `${docsUrl.replace(/\/$/, "")}/`;
  return [
    { path: `${path}.md`, content: renderMarkdown(runbook, `mam runbook ${config.name}`) },
    { path: `${path}.html`, content: renderHtml(runbook, pages) },
  ];
}
