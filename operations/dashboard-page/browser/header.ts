import type { Board } from "../board.ts";
import { minuteOf } from "../../context/age.ts";
import { el, sign } from "./dom.ts";

/** The top of the page: which environment it is, and whether it is well. */
export class Header {
  readonly element: HTMLElement;
  readonly #name = el("h1", {}, "mam");
  readonly #time = el("p", { class: "quiet" });
  readonly #verdict = el("div", { class: "verdict", role: "status" });
  readonly #lost = el("p", { class: "failure bad", role: "alert", hidden: "" });
  #shown = "";
  #seen = "";

  constructor() {
    this.element = el(
      "header",
      { id: "header" },
      el("div", { class: "head" }, this.#name, this.#time),
      this.#lost,
      this.#verdict,
    );
  }

  /** Shows what a board says of the whole. */
  show({ environment, platformAt, isWhole, problems, warnings }: Board): void {
    this.#seen = minuteOf(platformAt);
    this.#time.textContent = this.#seen;
    this.#lost.hidden = true;
    const said = JSON.stringify([environment, isWhole, problems, warnings]);
    if (said === this.#shown) return;
    this.#shown = said;
    this.#name.textContent = environment;
    document.title = problems.length === 0 ? environment : `✗ ${environment}: ${problems.length}`;
    this.#verdict.replaceChildren(
      problems.length === 0
        ? isWhole
          ? el("p", { class: "well" }, sign("well"), ` ${environment} is well.`)
          : el("p", { class: "quiet" }, "Asking …")
        : el(
            "ul",
            {},
            problems.map((problem) => el("li", { class: "bad" }, sign("bad"), ` ${problem}`)),
          ),
      ...(warnings.length === 0
        ? []
        : [
            el(
              "ul",
              {},
              warnings.map((warning) => el("li", { class: "odd" }, sign("odd"), ` ${warning}`)),
            ),
          ]),
    );
  }

  /** Says that nobody answers any more: what stands below is old. */
  lost(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#lost.textContent = `✗ The command that serves this page does not answer (${why}). What you see is of ${this.#seen || "no time"}: start it again, and open the address that it prints.`;
    this.#lost.hidden = false;
  }
}
