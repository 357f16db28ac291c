import type { EnvironmentConfig } from "../environments/schema/environment.ts";
import { digestOf } from "./canonical.ts";
import { introduction } from "./introduction.ts";
import { dashboardName, markLine } from "./mark.ts";
import { panelGroups } from "./panels/all.ts";
import type { Panel, PanelGroup, PanelThreshold, PanelUnit } from "./panels/panel.ts";
import {
  type PersesDashboard,
  type PersesGrid,
  type PersesPanel,
  type PersesThresholds,
  gridWidth,
  pluginKinds,
} from "./perses.ts";
import type { Watched } from "./watched.ts";

/** Panels in a row, and rows of the grid that a chart and the text are high. */
const inARow = 3;
const chartHeight = 8;
const textHeight = 7;

/** The one panel that is a text. */
const startHere = { key: "start-here", title: "Start here" };

/**
 * The dashboard of an environment. Its description ends with the mark of its owner: the environment, and a digest of all
 * that the document says besides.
 */
export function dashboardDocument(config: EnvironmentConfig, watched: Watched): PersesDashboard {
  const groups = panelGroups(config, watched);
  const unmarked = documentOf(config.name, groups, introduction(config, watched));
  const { display } = unmarked.spec;
  const description = `${display.description}\n${markLine(config.name, digestOf(unmarked))}`;
  return { ...unmarked, spec: { ...unmarked.spec, display: { ...display, description } } };
}

function documentOf(name: string, groups: readonly PanelGroup[], text: string): PersesDashboard {
  const panels = groups.flatMap(({ panels: own }) => own);
  return {
    kind: "Dashboard",
    apiVersion: "perses.dev/v1alpha1",
    spec: {
      display: {
        name: dashboardName(name),
        description: `How ${name} is: its services, PostgreSQL and Valkey. Made by \`mam dashboard ${name} apply\`, which undoes changes made here.`,
      },
      duration: "3h",
      variables: [],
      layouts: [introductionGrid(), ...groups.map(gridOf)],
      panels: Object.fromEntries([
        [startHere.key, textPanel(text)] as const,
        ...panels.map((panel) => [panel.key, chartPanel(panel)] as const),
      ]),
    },
  };
}

function introductionGrid(): PersesGrid {
  const content = { $ref: `#/spec/panels/${startHere.key}` } as const;
  return grid(startHere.title, [{ x: 0, y: 0, width: gridWidth, height: textHeight, content }]);
}

function gridOf({ title, panels }: PanelGroup): PersesGrid {
  const width = gridWidth / inARow;
  const items = panels.map(({ key }, index) => ({
    x: (index % inARow) * width,
    y: Math.floor(index / inARow) * chartHeight,
    width,
    height: chartHeight,
    content: { $ref: `#/spec/panels/${key}` } as const,
  }));
  return grid(title, items);
}

function grid(title: string, items: PersesGrid["spec"]["items"]): PersesGrid {
  return { kind: "Grid", spec: { display: { title, collapse: { open: true } }, items } };
}

function textPanel(text: string): PersesPanel {
  const description = "What this dashboard is, where else to look, and what to type.";
  return {
    kind: "Panel",
    spec: {
      display: { name: startHere.title, description },
      plugin: { kind: pluginKinds.text, spec: { text } },
    },
  };
}

function chartPanel(panel: Panel): PersesPanel {
  return {
    kind: "Panel",
    spec: {
      display: { name: panel.title, description: panel.description },
      plugin: { kind: pluginKinds.chart, spec: chartOf(panel) },
      queries: panel.queries.map(({ query, legend }) => ({
        kind: "TimeSeriesQuery",
        spec: {
          plugin: {
            kind: pluginKinds.query,
            spec: { query: query.text, seriesNameFormat: legend },
          },
        },
      })),
    },
  };
}

/** Perses' units and the limits of the axis, by what the numbers are. */
const axes: Readonly<Record<PanelUnit, Readonly<Record<string, unknown>>>> = {
  percent: { format: { unit: "percent", decimalPlaces: 0 }, min: 0, max: 100 },
  seconds: { format: { unit: "seconds", decimalPlaces: 2 }, min: 0 },
  "requests/s": { format: { unit: "decimal", decimalPlaces: 1 }, min: 0 },
  count: { format: { unit: "decimal", decimalPlaces: 0 }, min: 0 },
  load: { format: { unit: "decimal", decimalPlaces: 1 }, min: 0 },
};

function chartOf({ unit, thresholds }: Panel): Readonly<Record<string, unknown>> {
  return {
    legend: { position: "bottom", mode: "list" },
    yAxis: axes[unit],
    ...(thresholds.length > 0 ? { thresholds: thresholdsOf(thresholds) } : {}),
  };
}

/** Told apart also by whoever sees no red and green. */
const colours: Readonly<Record<PanelThreshold["severity"], string>> = {
  warning: "#e69f00",
  critical: "#d55e00",
};

function thresholdsOf(thresholds: readonly PanelThreshold[]): PersesThresholds {
  return {
    mode: "absolute",
    defaultColor: "#0072b2",
    steps: thresholds.map(({ value, severity, name }) => ({
      value,
      color: colours[severity],
      name,
    })),
  };
}
