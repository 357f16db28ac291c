import uPlot from "uplot";

import type { ChartView } from "../../board.ts";
import { el } from "../dom.ts";
import { currentLook, strokesOf } from "./look.ts";
import { crossed, latestOf, topOf, valueText } from "./numbers.ts";

/** Height of the drawing, in CSS pixels. */
const height = 150;

/** Width until the page has been laid out. */
const firstWidth = 300;

/** A chart with its title, its legend, and what it means. */
export class Chart {
  readonly element: HTMLElement;
  readonly #plot: uPlot | undefined;
  readonly #values: readonly HTMLElement[];
  readonly #view: ChartView;
  readonly #place: HTMLElement;

  constructor(view: ChartView, times: readonly number[]) {
    this.#view = view;
    this.#place = el("div", { class: "plot", role: "img", "aria-label": spoken(view) });
    this.#values = view.lines.map((line) =>
      el("span", { class: "value" }, valueText(latestOf(line), view.unit)),
    );
    this.element = el(
      "figure",
      { class: "chart", "data-key": view.key, "data-lines": String(view.lines.length) },
      el("figcaption", {}, el("h3", {}, view.title), overLine(view)),
      view.lines.length === 0 ? noData() : this.#place,
      this.#legend(),
      thresholdNotes(view),
      el("details", {}, el("summary", {}, "What it shows"), el("p", {}, view.description)),
    );
    this.#plot = view.lines.length === 0 ? undefined : this.#draw(times);
  }

  /** Fits the drawing into its place. */
  fit(): void {
    const width = this.#place.clientWidth;
    if (width > 0) this.#plot?.setSize({ width, height });
  }

  /** Takes it off the page. */
  destroy(): void {
    this.#plot?.destroy();
    this.element.remove();
  }

  #legend(): HTMLElement {
    const strokes = strokesOf(namesOf(this.#view), currentLook());
    const items = this.#view.lines.map(({ name }, index) => {
      const { colour = "", dash = [] } = strokes[index] ?? {};
      const swatch = el("span", {
        class: dash.length > 0 ? "swatch dashed" : "swatch",
        "aria-hidden": "true",
      });
      swatch.style.borderColor = colour;
      return el("li", {}, swatch, `${name} `, this.#values[index] ?? "");
    });
    return el("ul", { class: "legend" }, items);
  }

  /** Shows in the legend what was at the time under the cursor, or the latest. */
  #tell(index: number | null | undefined): void {
    const { lines, unit } = this.#view;
    this.#values.forEach((element, line) => {
      const own = lines[line];
      if (!own) return;
      const value = typeof index === "number" ? own.values[index] : latestOf(own);
      element.textContent = valueText(value, unit);
    });
  }

  #draw(times: readonly number[]): uPlot {
    const view = this.#view;
    const look = currentLook();
    const strokes = strokesOf(namesOf(view), look);
    const axis = { stroke: look.axis, grid: { stroke: look.grid }, ticks: { show: false } };
    return new uPlot(
      {
        width: firstWidth,
        height,
        legend: { show: false },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
        cursor: { y: false, drag: { setScale: false }, sync: { key: "charts" } },
        scales: { y: { range: [0, topOf(view)] } },
        series: [
          {},
          ...strokes.map(({ colour, dash }) => ({
            stroke: colour,
            dash,
            width: 1.75,
            points: { show: times.length < 3 },
          })),
        ],
        axes: [
          {
            ...axis,
            values: [
              [3600, "{HH}:{mm}", null, null, null, null, null, null, 1],
              [60, "{HH}:{mm}", null, null, null, null, null, null, 1],
            ],
            space: 64,
            size: 26,
          },
          {
            ...axis,
            size: 52,
            values: (_, splits) => splits.map((value) => valueText(value, view.unit)),
          },
        ],
        hooks: {
          draw: [
            (plot) => {
              drawThresholds(plot, view, look.threshold);
            },
          ],
          setCursor: [
            ({ cursor }) => {
              this.#tell(cursor.idx);
            },
          ],
        },
      },
      [times.map(Number), ...view.lines.map(({ values }) => [...values])],
      this.#place,
    );
  }
}

const namesOf = ({ lines }: ChartView) => lines.map(({ name }) => name);

/** Where alerts are sent, as dashed lines across the chart. */
function drawThresholds(
  plot: uPlot,
  { thresholds }: ChartView,
  colours: Readonly<Record<"warning" | "critical", string>>,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { value, severity } of thresholds) {
    const y = plot.valToPos(value, "y", true);
    ctx.strokeStyle = colours[severity];
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

/** What the drawing says, for whoever does not see it. */
function spoken(view: ChartView): string {
  const now = view.lines.map((line) => `${line.name} ${valueText(latestOf(line), view.unit)}`);
  return `${view.title}. Now: ${now.join(", ")}.`;
}

function overLine(view: ChartView): string | HTMLElement {
  const over = crossed(view);
  return over ? el("p", { class: "bad" }, `✗ over the line of an ${over.name}`) : "";
}

function thresholdNotes({ thresholds }: ChartView): string | HTMLElement {
  if (thresholds.length === 0) return "";
  return el(
    "ul",
    { class: "thresholds" },
    thresholds.map(({ name, severity }) => el("li", { class: severity }, name)),
  );
}

function noData(): HTMLElement {
  return el(
    "p",
    { class: "quiet" },
    "No data. In the first hour after a first deployment that is usual.",
  );
}
