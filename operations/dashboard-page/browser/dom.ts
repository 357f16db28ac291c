/** What stands in an element: text, which is never read as HTML, or elements. */
export type Content = string | Node | readonly Content[];

/** Makes an element. Attributes are set as they are; those without a value are left out. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(attribute, value);
  }
  element.append(...flat(content));
  return element;
}

/** Puts content into an element, in place of what was there. */
export function fill(element: HTMLElement, ...content: readonly Content[]): void {
  element.replaceChildren(...flat(content));
}

function flat(content: readonly Content[]): (string | Node)[] {
  return content.flatMap((one) =>
    typeof one === "string" || one instanceof Node ? [one] : flat(one),
  );
}

/** How something is. It is said by a sign and a word, and not by colour alone. */
export type Mood = "well" | "bad" | "odd" | "unknown";

const signs: Readonly<Record<Mood, string>> = { well: "✓", bad: "✗", odd: "!", unknown: "–" };

/** A sign for how something is, with the word that a screen reader says. */
export function sign(mood: Mood): HTMLElement {
  const words: Readonly<Record<Mood, string>> = {
    well: "well",
    bad: "wrong",
    odd: "look at it",
    unknown: "not known",
  };
  return el("span", { class: `sign ${mood}`, role: "img", "aria-label": words[mood] }, signs[mood]);
}

/** A list in which each entry has a sign, a name, and what is said of it. */
export function rows(
  entries: readonly { readonly mood: Mood; readonly name: Content; readonly text: Content }[],
): HTMLElement {
  return el(
    "ul",
    { class: "rows" },
    entries.map(({ mood, name, text }) =>
      el(
        "li",
        {},
        sign(mood),
        el("span", { class: "name" }, name),
        el("span", { class: "text" }, text),
      ),
    ),
  );
}

/** A sentence that stands where there is nothing to list. */
export function quiet(text: string): HTMLElement {
  return el("p", { class: "quiet" }, text);
}
