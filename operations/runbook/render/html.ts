import { type Block, type Runbook, type Section, anchorOf } from "../model.ts";
import { svgOf } from "../picture/svg.ts";
import { escapeHtml } from "../../context/html.ts";
import { inlineHtml } from "./inline.ts";
import { style } from "./style.ts";

/**
 * A runbook as one HTML page that needs nothing else: no script, no font, no picture, no network.
 *
 * @param pages where the other pages of the documentation are; those beside this one without it.
 */
export function renderHtml(runbook: Runbook, pages = ""): string {
  const { title, introduction, sections } = runbook;
  const inline = (text: string) => inlineHtml(text, pages);
  return `${[
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
    `<title>${escapeHtml(title)}</title>`,
    `<style>\n${style}</style>\n</head>\n<body>\n<main>`,
    `<h1>${escapeHtml(title)}</h1>\n<p>${inline(introduction)}</p>`,
    goalsHtml(sections),
    `<details class="contents"><summary>Contents</summary>${contentsHtml(sections)}</details>`,
    ...sections.map((section) => sectionHtml(section, inline)),
    "</main>\n</body>\n</html>",
  ].join("\n")}\n`;
}

type Inline = (text: string) => string;

function goalsHtml(sections: readonly Section[]): string {
  const links = sections.flatMap(({ goals }) =>
    goals.map((goal) => `<li><a href="#${anchorOf(goal.title)}">${escapeHtml(goal.want)}</a></li>`),
  );
  return `<nav aria-label="I want to"><h2 id="i-want-to">I want to …</h2><ul class="goals">\n${links.join("\n")}\n</ul></nav>`;
}

function contentsHtml(sections: readonly Section[]): string {
  const links = sections.map(
    ({ title }) => `<li><a href="#${anchorOf(title)}">${escapeHtml(title)}</a></li>`,
  );
  return `<ol>${links.join("")}</ol>`;
}

function sectionHtml({ title, blocks }: Section, inline: Inline): string {
  return [
    `<section>\n<h2 id="${anchorOf(title)}">${escapeHtml(title)}</h2>`,
    ...blocks.map((block) => blockHtml(block, inline)),
    '<p class="up"><a href="#i-want-to">I want to …</a></p>\n</section>',
  ].join("\n");
}

function blockHtml(block: Block, inline: Inline): string {
  switch (block.kind) {
    case "text":
      return `<p>${inline(block.text)}</p>`;
    case "heading":
      return `<h3 id="${anchorOf(block.title)}">${escapeHtml(block.title)}</h3>`;
    case "list": {
      const name = block.ordered ? "ol" : "ul";
      return `<${name}>${block.items.map((item) => `<li>${inline(item)}</li>`).join("")}</${name}>`;
    }
    case "code":
      return `<pre tabindex="0"><code>${escapeHtml(block.text)}</code></pre>`;
    case "picture":
      return `<figure tabindex="0">${svgOf(block.picture)}</figure>`;
    case "table":
      return tableHtml(block.header, block.rows, inline);
  }
}

/** A table whose cells say their column by themselves, for screens on which they stand below each other. */
function tableHtml(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  inline: Inline,
): string {
  const head = header.map((cell) => `<th scope="col">${inline(cell)}</th>`).join("");
  const body = rows.map((row) => {
    const cells = row.map((cell, column) => {
      return `<td data-label="${escapeHtml(header[column] ?? "")}">${inline(cell)}</td>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join("\n")}\n</tbody></table>`;
}
