import { escapeHtml } from "../../operations/context/html.ts";

/** HTML that is known to be safe: made by {@link html} and the functions beside it, never from text of somebody else. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a page: text, which is escaped, or HTML. */
export type Content = string | number | Html | readonly Html[];

function written(content: Content): string {
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(({ text }) => text).join("");
  return escapeHtml(String(content));
}

/** A template of HTML. Whatever is put into it is escaped, unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const [first = "", ...rest] = parts;
  return new Html(
    rest.reduce((text, part, index) => text + written(contents[index] ?? "") + part, first),
  );
}

/** A section with a table; a sentence in its place when there are no rows. */
export function section(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Content[])[],
  otherwise: string,
): Html {
  const body =
    rows.length === 0
      ? html`<p class="none">${otherwise}</p>`
      : html`<div class="scroll">
          <table>
            <thead>
              <tr>
                ${columns.map((column) => html`<th scope="col">${column}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                (row) =>
                  html`<tr>
                    ${row.map((cell) => html`<td>${cell}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`;
  return html`<section>
    <h2>${title}</h2>
    ${body}
  </section>`;
}

/** Each text in a line of its own. */
export function lines(texts: readonly string[]): Html[] {
  return texts.map((text) => html`<div>${text}</div>`);
}

/** A word about how something is, with a colour: good, bad or neither. */
export function state(word: string, kind: "good" | "bad" | "busy"): Html {
  return html`<span class="${kind}">${word}</span>`;
}
