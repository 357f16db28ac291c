/**
 * The part of a Perses dashboard that is used, as `@perses-dev/core` 0.51.1 describes it. The package itself would bring
 * 66 MiB (date-fns, mathjs, lodash, React) for these few types: docs/decisions/0026. What DigitalOcean takes of it is said
 * by the schema that its API serves, and every document is held against that before it is sent.
 */
export interface PersesDashboard {
  readonly kind: "Dashboard";
  readonly apiVersion: "perses.dev/v1alpha1";
  readonly spec: {
    readonly display: { readonly name: string; readonly description: string };
    /** Time that is shown at first, such as `3h`. */
    readonly duration: `${number}${"m" | "h" | "d"}`;
    readonly variables: readonly never[];
    readonly layouts: readonly PersesGrid[];
    readonly panels: Readonly<Record<string, PersesPanel>>;
  };
}

/** A titled group of panels. */
export interface PersesGrid {
  readonly kind: "Grid";
  readonly spec: {
    readonly display: { readonly title: string; readonly collapse: { readonly open: boolean } };
    readonly items: readonly {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly content: { readonly $ref: `#/spec/panels/${string}` };
    }[];
  };
}

/** A panel. */
export interface PersesPanel {
  readonly kind: "Panel";
  readonly spec: {
    readonly display: { readonly name: string; readonly description: string };
    readonly plugin: Definition;
    readonly queries?: readonly {
      readonly kind: string;
      readonly spec: { readonly plugin: Definition };
    }[];
  };
}

/** A line that is drawn across a chart. */
export interface PersesThresholds {
  readonly mode: "absolute";
  readonly defaultColor: string;
  readonly steps: readonly {
    readonly value: number;
    readonly color: string;
    readonly name: string;
  }[];
}

interface Definition {
  readonly kind: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * The kinds of plugins that are used, in one place: the upstream names (Perses plugins, prometheus 0.53.4 and markdown
 * 0.9.1). Which of them DigitalOcean has is said by its schema alone.
 */
export const pluginKinds = {
  chart: "TimeSeriesChart",
  text: "Markdown",
  query: "PrometheusTimeSeriesQuery",
} as const;

/** Columns of a grid. */
export const gridWidth = 24;
