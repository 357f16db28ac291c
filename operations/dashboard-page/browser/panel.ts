import type { SectionView } from "../board.ts";
import { ageOf } from "../../context/age.ts";
import { type Content, el, fill, quiet } from "./dom.ts";

/** What stands in the place of what is not known. */
function standIn({ state, reason, value }: SectionView<unknown>): Content | undefined {
  if (state === "reading") return quiet("Asking …");
  if (state === "off") return quiet(reason ?? "Not asked.");
  return state === "failed" && value === undefined ? quiet("Nothing is known.") : undefined;
}

/** A part of the page: its title, what it says, how old that is, and why the last read failed. */
export class Panel {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  readonly #age: HTMLElement;
  readonly #failure: HTMLElement;
  #shown = "";

  /** @param id names it in the page. */
  constructor(id: string, title: string) {
    this.body = el("div", { class: "body" });
    this.#age = el("p", { class: "age" });
    this.#failure = el("p", { class: "failure bad", hidden: "" });
    this.element = el(
      "section",
      { id, "aria-labelledby": `${id}-title` },
      el("div", { class: "head" }, el("h2", { id: `${id}-title` }, title), this.#age),
      this.#failure,
      this.body,
    );
  }

  /**
   * Shows views. What says the same as before is left alone, so that nobody loses their place.
   *
   * @param render makes the body of what is known; not called while nothing is.
   * @param now the present of the server that read it, in milliseconds since the epoch.
   */
  show(views: readonly SectionView<unknown>[], now: number, render: () => Content): void {
    this.tell(views, now);
    const text = JSON.stringify(views.map((view) => ({ ...view, asOf: undefined })));
    if (text === this.#shown) return;
    this.#shown = text;
    this.element.dataset.state = views.map(({ state }) => state).join(" ");
    const [first] = views;
    fill(this.body, first ? (standIn(first) ?? render()) : render());
  }

  /** Says how old it is, and what failed. */
  tell(views: readonly Omit<SectionView<unknown>, "value">[], now: number): void {
    const times = views.flatMap(({ asOf }) => (asOf === undefined ? [] : [Date.parse(asOf)]));
    const age =
      times.length === 0 ? "" : `asked ${ageOf(new Date(Math.min(...times)), new Date(now))} ago`;
    if (this.#age.textContent !== age) this.#age.textContent = age;
    const failures = views.flatMap(({ failure }) => (failure ? [failure.reason] : []));
    const failed =
      failures.length === 0 ? "" : `✗ The last look came to nothing: ${failures.join("; ")}`;
    if (this.#failure.textContent !== failed) this.#failure.textContent = failed;
    this.#failure.hidden = failed === "";
  }
}
