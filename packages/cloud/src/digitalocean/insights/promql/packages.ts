import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** The grammar of PromQL by Prometheus' own authors, loaded when somebody asks the first query. */
export const packages = {
  grammar: () =>
    load("@prometheus-io/lezer-promql") as typeof import("@prometheus-io/lezer-promql"),
} as const;
