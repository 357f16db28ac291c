import type { ChartsView } from "../../board.ts";
import { el, quiet } from "../dom.ts";
import { Chart } from "./chart.ts";
import { onOtherScheme } from "./look.ts";

/** Every chart, drawn anew when there are new values. */
export class Charts {
  readonly #place: HTMLElement;
  #charts: readonly Chart[] = [];
  #shown: ChartsView | undefined;

  /** @param place where the charts stand. */
  constructor(place: HTMLElement) {
    this.#place = place;
    new ResizeObserver(() => {
      for (const chart of this.#charts) chart.fit();
    }).observe(place);
    onOtherScheme(() => {
      if (this.#shown) this.show(this.#shown);
    });
  }

  /** Shows charts in place of those before; what a person unfolded stays so. */
  show(view: ChartsView): void {
    const open = new Set(
      [...this.#place.querySelectorAll("figure:has(details[open])")].map((one) =>
        one.getAttribute("data-key"),
      ),
    );
    for (const chart of this.#charts) chart.destroy();
    this.#shown = view;
    const groups = view.groups.map(({ title, panels }) => {
      const charts = panels.map((panel) => new Chart(panel, view.times));
      const grid = el(
        "div",
        { class: "grid" },
        charts.map(({ element }) => element),
      );
      return { charts, element: el("div", {}, el("h3", { class: "group" }, title), grid) };
    });
    this.#charts = groups.flatMap(({ charts }) => charts);
    this.#place.replaceChildren(
      quiet(
        `Metrics of ${view.region}; times are UTC. They are shown four minutes after they were measured. A dashed line across a chart is where an alert is sent.`,
      ),
      ...groups.map(({ element }) => element),
    );
    for (const { element } of this.#charts) {
      if (open.has(element.getAttribute("data-key")))
        element.querySelector("details")?.setAttribute("open", "");
    }
    for (const chart of this.#charts) chart.fit();
  }
}
