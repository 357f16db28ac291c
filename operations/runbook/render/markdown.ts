import stringWidth from "string-width";

import { type Block, type Runbook, toHeading } from "../model.ts";
import { mermaidOf } from "../picture/mermaid.ts";

/** A runbook as a page of Markdown. */
export function renderMarkdown(
  { title, introduction, sections }: Runbook,
  command: string,
): string {
  const goals = sections.flatMap((section) => section.goals);
  return `${[
    `# ${title}`,
    `<!-- Written by \`${command}\`: change the environment, or what the command makes of it, not this page. -->`,
    introduction,
    "## I want to …",
    goals.map((goal) => `- ${toHeading(goal.want, goal.title)}`).join("\n"),
    ...sections.flatMap((section) => [`## ${section.title}`, ...section.blocks.map(blockMarkdown)]),
  ].join("\n\n")}\n`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case "text":
      return block.text;
    case "heading":
      return `### ${block.title}`;
    case "list":
      return block.items
        .map((item, index) => `${block.ordered ? `${index + 1}.` : "-"} ${item}`)
        .join("\n");
    case "code":
      return fenced(block.language, block.text);
    case "picture":
      return fenced("mermaid", mermaidOf(block.picture));
    case "table":
      return tableMarkdown([block.header, ...block.rows]);
  }
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** A table whose columns stand below each other in the text, too. */
function tableMarkdown(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => stringWidth(row[column] ?? ""))),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => padded(row[column] ?? "", width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  const [header = [], ...others] = cells;
  return [line(header), rule, ...others.map(line)].join("\n");
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(width - stringWidth(cell));
}
