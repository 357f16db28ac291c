import { escapeHtml } from "../../context/html.ts";

/** Code, a link, strong words, or an address that stands by itself. */
const marks =
  /`(?<code>[^`]+)`|\[(?<words>[^\]]+)\]\((?<address>[^)\s]+)\)|\*\*(?<strong>[^*]+)\*\*|(?<bare>https:\/\/[^\s,;)]*[^\s,;).:])/g;

/**
 * The small Markdown of a runbook's texts as HTML.
 *
 * @param pages what stands before the name of another page of the documentation; empty for one beside this page.
 */
export function inlineHtml(text: string, pages: string): string {
  let html = "";
  let end = 0;
  for (const { index, groups = {}, 0: whole } of text.matchAll(marks)) {
    html += escapeHtml(text.slice(end, index)) + markHtml(groups, pages);
    end = index + whole.length;
  }
  return html + escapeHtml(text.slice(end));
}

function markHtml(groups: Readonly<Record<string, string | undefined>>, pages: string): string {
  const { code, words = "", address, strong, bare } = groups;
  if (code !== undefined) return `<code>${escapeHtml(code)}</code>`;
  if (strong !== undefined) return `<strong>${inlineHtml(strong, pages)}</strong>`;
  if (bare !== undefined) return linkHtml(bare, escapeHtml(bare));
  const isPage = !/^(?:https?:|#|mailto:)/.test(address ?? "");
  return linkHtml(`${isPage ? pages : ""}${address ?? ""}`, inlineHtml(words, pages));
}

function linkHtml(address: string, html: string): string {
  return `<a href="${escapeHtml(address)}">${html}</a>`;
}
