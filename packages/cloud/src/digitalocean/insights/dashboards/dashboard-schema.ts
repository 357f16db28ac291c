import { charts } from "./chart-schemas.ts";
import { display, duration, named, object, plugin, text } from "./schema-parts.ts";

const query = object(
  {
    kind: { const: "TimeSeriesQuery" },
    spec: object(
      {
        plugin: plugin(
          "PrometheusTimeSeriesQuery",
          object(
            {
              query: { type: "string", minLength: 1 },
              seriesNameFormat: text,
              minStep: duration,
              resolution: { type: "number", exclusiveMinimum: 0 },
            },
            ["query"],
          ),
        ),
      },
      ["plugin"],
    ),
  },
  ["kind", "spec"],
);

const link = object(
  {
    name: text,
    url: { type: "string", minLength: 1 },
    tooltip: text,
    targetBlank: { type: "boolean" },
    renderVariables: { type: "boolean" },
  },
  ["url"],
);

const panel = object(
  {
    kind: { const: "Panel" },
    spec: object(
      {
        display,
        plugin: { oneOf: charts },
        queries: { type: "array", items: query },
        links: { type: "array", items: link },
      },
      ["display", "plugin"],
    ),
  },
  ["kind", "spec"],
);

/** Columns of a grid in Perses. */
const columns = 24;

const item = object(
  {
    x: { type: "integer", minimum: 0, maximum: columns - 1 },
    y: { type: "integer", minimum: 0 },
    width: { type: "integer", minimum: 1, maximum: columns },
    height: { type: "integer", minimum: 1 },
    content: object({ $ref: { type: "string", pattern: "^#/spec/panels/[^/]+$" } }, ["$ref"]),
  },
  ["x", "y", "width", "height", "content"],
);

const layout = object(
  {
    kind: { const: "Grid" },
    spec: object(
      {
        display: object(
          { title: text, collapse: object({ open: { type: "boolean" } }, ["open"]) },
          ["title"],
        ),
        items: { type: "array", items: item },
      },
      ["items"],
    ),
  },
  ["kind", "spec"],
);

const variable = object(
  {
    kind: { const: "TextVariable" },
    spec: object({ name: named, value: text, constant: { type: "boolean" }, display }, [
      "name",
      "value",
    ]),
  },
  ["kind", "spec"],
);

/**
 * The schema that `GET /v2/insights/dashboards/schema` answers here: a subset of Perses' documents, written from Perses'
 * own types. The platform's may take other kinds, units and keys; only asking it tells.
 */
export const dashboardSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $comment: "A stub of the rehearsal cloud: DigitalOcean's own schema is not known.",
  title: "Dashboard",
  ...object(
    {
      kind: { const: "Dashboard" },
      apiVersion: { const: "perses.dev/v1alpha1" },
      spec: object(
        {
          display,
          duration,
          refreshInterval: duration,
          variables: { type: "array", items: variable },
          layouts: { type: "array", items: layout },
          panels: {
            type: "object",
            propertyNames: { pattern: "^[A-Za-z0-9_.-]{1,75}$" },
            additionalProperties: panel,
          },
        },
        ["display", "duration", "layouts", "panels"],
      ),
    },
    ["kind", "spec"],
  ),
} as const;
