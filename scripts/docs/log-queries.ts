import { type LogGuide, logGuides } from "../../monitoring/log-queries.ts";

/** How each destination of logs is asked, for docs/logs.md. */
export function logQueriesSection(): string {
  return Object.values(logGuides).map(guideText).join("\n\n");
}

function guideText({ title, about, language, queries }: LogGuide): string {
  const asked = queries.map(
    ({ question, query }) => `${question}:\n\n\`\`\`${language}\n${query}\n\`\`\``,
  );
  return [`### ${title}`, about, ...asked].join("\n\n");
}
