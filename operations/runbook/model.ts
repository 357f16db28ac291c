import type { Picture } from "./picture/picture.ts";

/**
 * A text of one line in the small Markdown that both renderers know: `code` in backticks, `**strong**`, and links
 * `[text](address)`. An address without a scheme is a page beside this one.
 */
export type Inline = string;

/** A part of a section. */
export type Block =
  | { readonly kind: "text"; readonly text: Inline }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly Inline[] }
  | {
      readonly kind: "table";
      readonly header: readonly string[];
      readonly rows: readonly (readonly Inline[])[];
    }
  | { readonly kind: "code"; readonly language: string; readonly text: string }
  | { readonly kind: "picture"; readonly picture: Picture }
  | { readonly kind: "heading"; readonly title: string };

/** What somebody may want, and where it stands. */
interface Goal {
  /** Goes on from "I want to …". */
  readonly want: string;
  /** Title of the section or heading. */
  readonly title: string;
}

/** A section of a runbook. */
export interface Section {
  readonly title: string;
  readonly goals: readonly Goal[];
  readonly blocks: readonly Block[];
}

/** A runbook, before it is Markdown or HTML. */
export interface Runbook {
  readonly title: string;
  readonly introduction: Inline;
  readonly sections: readonly Section[];
}

/** A paragraph. */
export const text = (words: Inline): Block => ({ kind: "text", text: words });

/** Points without an order. */
export const list = (...items: readonly Inline[]): Block => ({
  kind: "list",
  ordered: false,
  items,
});

/** Steps, one after the other. */
export const steps = (...items: readonly Inline[]): Block => ({
  kind: "list",
  ordered: true,
  items,
});

/** A table. */
export const table = (header: readonly string[], rows: readonly (readonly Inline[])[]): Block => ({
  kind: "table",
  header,
  rows,
});

/** Lines to type, or to read. */
export const lines = (language: string, ...rows: readonly string[]): Block => ({
  kind: "code",
  language,
  text: rows.join("\n"),
});

/** A heading within a section. */
export const heading = (title: string): Block => ({ kind: "heading", title });

/** A link to another heading of the runbook. */
export const toHeading = (words: string, title: string): Inline =>
  `[${words}](#${anchorOf(title)})`;

/** Name by which a heading is linked to: the one that GitHub and GitLab give it in Markdown. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
