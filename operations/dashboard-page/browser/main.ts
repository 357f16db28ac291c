import "./styles/page.css";

import type { Board, ChartsView, SectionView, SectionViews } from "../board.ts";
import { Charts } from "./charts/charts.ts";
import { type Content, el } from "./dom.ts";
import { Header } from "./header.ts";
import { Panel } from "./panel.ts";
import { alertsPart } from "./parts/alerts.ts";
import { costPart } from "./parts/cost.ts";
import { levelsPart, queuePart } from "./parts/levels.ts";
import { databasesPart, endpointsPart, releasesPart, uptimePart } from "./parts/platform.ts";
import { runningPart } from "./parts/running.ts";

/** Milliseconds between two looks at the server on this machine; what that asks of the platform is its own matter. */
const pause = 2000;

interface PartOfPage {
  readonly title: string;
  /** The sections that it is made of, the most important first. */
  readonly of: readonly Exclude<keyof SectionViews, "charts">[];
  readonly render: (views: SectionViews) => Content;
}

/** Every part, in the order in which a person reads them. */
const parts: Readonly<Record<string, PartOfPage>> = {
  alerts: { title: "Alerts firing now", of: ["alerts"], render: alertsPart },
  running: { title: "What runs", of: ["running", "instances"], render: runningPart },
  levels: { title: "Service levels", of: ["serviceLevels"], render: levelsPart },
  queue: { title: "Queue", of: ["serviceLevels"], render: queuePart },
  endpoints: { title: "Public addresses", of: ["endpoints"], render: endpointsPart },
  databases: { title: "Databases", of: ["databases"], render: databasesPart },
  uptime: { title: "Checks from outside", of: ["uptime"], render: uptimePart },
  releases: { title: "Last releases", of: ["releases"], render: releasesPart },
  cost: { title: "Cost", of: ["cost"], render: costPart },
};

const panels = Object.entries(parts).map(([id, part]) => ({
  panel: new Panel(id, part.title),
  part,
}));
const chartsPanel = new Panel("charts", "Charts");
const charts = new Charts(chartsPanel.body);
const header = new Header();
let chartsRevision: string | undefined;

function build(): void {
  document.querySelector("#header")?.replaceWith(header.element);
  const main = document.querySelector("#main");
  main?.replaceChildren(
    el(
      "div",
      { class: "parts" },
      panels.map(({ panel }) => panel.element),
    ),
    chartsPanel.element,
  );
}

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
  return (await answer.json()) as T;
}

async function look(): Promise<void> {
  const board = await get<Board>("board.json");
  const now = Date.parse(board.at);
  header.show(board);
  const views: SectionViews = board.sections;
  for (const { panel, part } of panels) {
    panel.show(
      part.of.map((name) => views[name]),
      now,
      () => part.render(views),
    );
  }
  await lookAtCharts(board, now);
  document.querySelector("#main")?.setAttribute("aria-busy", "false");
}

/** Charts are fetched when they are other ones. */
async function lookAtCharts(
  { sections, chartsRevision: revision }: Board,
  now: number,
): Promise<void> {
  const { charts: state } = sections;
  chartsPanel.tell([state], now);
  if (revision === chartsRevision && state.state === "known") return;
  const view = await get<SectionView<ChartsView>>("charts.json");
  if (view.value) {
    charts.show(view.value);
    chartsRevision = revision;
  } else chartsPanel.show([state], now, () => "");
  chartsPanel.element.dataset.state = view.state;
}

/** Looks, waits and looks again, as long as somebody sees the page. */
async function follow(): Promise<never> {
  for (;;) {
    if (!document.hidden) {
      try {
        await look();
      } catch (error) {
        header.lost(error);
      }
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pause);
      document.addEventListener(
        "visibilitychange",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
}

build();
void follow();
