import { object, plugin, text } from "./schema-parts.ts";

/** Units that Perses 0.54 formats, as far as our metrics have them. */
const units = [
  ...["decimal", "percent", "percent-decimal", "bytes", "decbytes"],
  ...["milliseconds", "seconds", "minutes", "hours", "days"],
  ...["counts/sec", "ops/sec", "requests/sec", "bytes/sec"],
];
const format = object({
  unit: { enum: units },
  decimalPlaces: { type: "integer", minimum: 0, maximum: 10 },
  shortValues: { type: "boolean" },
});
const thresholds = object({
  mode: { enum: ["percent", "absolute"] },
  defaultColor: text,
  steps: {
    type: "array",
    items: object({ value: { type: "number" }, color: text, name: text }, ["value"]),
  },
});
const calculation = {
  enum: ["first", "first-number", "last", "last-number", "mean", "sum", "min", "max"],
};
const legend = object({
  position: { enum: ["bottom", "right"] },
  mode: { enum: ["list", "table"] },
  size: { enum: ["small", "medium"] },
  values: { type: "array", items: { enum: ["first", "last", "mean", "sum", "min", "max", "abs"] } },
});
const visual = object({
  display: { enum: ["line", "bar"] },
  lineWidth: { type: "number" },
  lineStyle: { enum: ["solid", "dashed", "dotted"] },
  areaOpacity: { type: "number", minimum: 0, maximum: 1 },
  showPoints: { enum: ["auto", "always"] },
  connectNulls: { type: "boolean" },
  stack: { enum: ["all", "percent"] },
  pointRadius: { type: "number" },
  palette: object({ mode: { enum: ["auto", "categorical"] } }),
});
const yAxis = object({
  show: { type: "boolean" },
  label: text,
  format,
  min: { type: "number" },
  max: { type: "number" },
  logBase: { enum: [2, 10] },
});

/** Kinds of charts with their options. Source: Perses' plugins of 2026; which of them DigitalOcean takes is not known. */
export const charts = [
  plugin(
    "TimeSeriesChart",
    object({
      legend,
      tooltip: object({ enablePinning: { type: "boolean" } }),
      yAxis,
      thresholds,
      visual,
    }),
  ),
  plugin(
    "StatChart",
    object(
      {
        calculation,
        format,
        thresholds,
        metricLabel: text,
        legendMode: { enum: ["auto", "on", "off"] },
        valueFontSize: { type: "number" },
        colorMode: { enum: ["none", "value", "background_solid"] },
        sparkline: object({ color: text, width: { type: "number" } }),
      },
      ["calculation"],
    ),
  ),
  plugin(
    "GaugeChart",
    object({ calculation, format, thresholds, max: { type: "number" } }, ["calculation"]),
  ),
  plugin(
    "BarChart",
    object(
      {
        calculation,
        format,
        sort: { enum: ["asc", "desc"] },
        mode: { enum: ["value", "percentage"] },
      },
      ["calculation"],
    ),
  ),
  plugin(
    "PieChart",
    object({ calculation, format, legend, radius: { type: "number" } }, ["calculation", "radius"]),
  ),
  plugin("Markdown", object({ text }, ["text"])),
];
