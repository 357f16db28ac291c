import type { FidelityRow } from "../../fidelity.ts";
import { base, curl, platform, reportedBy, seen, tests, window } from "./insights-sources.ts";

/** What is assumed about the metrics of Insights. */
export const insightsMetricsFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "A region knows the names of the catalogue and no others, and of those only what some resource sends. Load balancers, Droplets, Spaces and registries send nothing here.",
    source: `${seen}: the list of tor1`,
    lastVerified: reportedBy,
    probe: curl(
      `"${base}/query/nyc1/prom/api/v1/label/__name__/values?${window}" | jq -r '.data[]'`,
    ),
    test: `${tests}/metrics/catalogue.test.ts`,
  },
  {
    platform,
    behaviour:
      "App Platform sends no metric by status code, so that error rates are counted by the services themselves.",
    source: `${seen}: the list of tor1; docs.digitalocean.com/products/insights/reference/telemetry/app-platform`,
    lastVerified: reportedBy,
    probe: curl(
      `"${base}/query/nyc1/prom/api/v1/label/__name__/values?${window}" | jq -r '.data[]' | grep -E '^do_apps_.*(status|error|[45]xx)'`,
    ),
    test: `${tests}/metrics/catalogue.test.ts`,
  },
  {
    platform,
    behaviour:
      "Series of apps have resource_urn, app_component and, for CPU, memory and restarts, app_component_instance; rate and p95 are by component, p95 in seconds, utilization in percent of the size. Databases have databases_name, memory also resource_region_slug, file systems filesystem_mountpoint.",
    source:
      "docs.digitalocean.com/products/insights/reference/telemetry/app-platform for the attributes of one metric; the rest is assumed",
    lastVerified: "never",
    probe: `curl -sGH "Authorization: Bearer $DIGITALOCEAN_TOKEN" "${base}/query/nyc1/prom/api/v1/series?${window}" --data-urlencode 'match[]={resource_urn="do:app:<id>"}' | jq -c '.data[]'`,
    test: `${tests}/queries/endpoints.test.ts`,
  },
  {
    platform,
    behaviour:
      "A database is measured every second minute: CPU is NaN in the odd minute, load repeats its value, others have none. Connections that wait are not active. Valkey has its host's metrics and none of its own.",
    source: `${seen} (A40); Valkey's are an assumption`,
    lastVerified: "never",
    probe: `query_range of do.databases.cpu_utilization{resource_urn="do:dbaas:<id>"} with a step of 60`,
    test: `${tests}/queries/endpoints.test.ts`,
  },
  {
    platform,
    behaviour:
      "An app of the region nyc is found in nyc1, or where a knob says; a database in its own datacentre. A region without Insights, mkc1, answers an HTML page with 404, and so does one that is none.",
    source: `${seen} (A3); that nyc is nyc1, and what no region answers, is assumed`,
    lastVerified: "never",
    probe: "the series of an app in nyc1, then in nyc3",
    test: `${tests}/queries/endpoints.test.ts`,
  },
  {
    platform,
    behaviour:
      "What was measured is found three minutes later; a new app may have no series for longer, as long as a knob says.",
    source: `${seen} (B-031, B-030); the number is assumed`,
    lastVerified: "never",
    probe: "repeat the series of an app every 10 minutes after its first deployment",
    test: `${tests}/queries/endpoints.test.ts`,
  },
  {
    platform,
    behaviour:
      "Of an app whose images are programs CPU and memory are those of its processes (Linux), ready and restarts its containers', rate and p95 those of the ingress in the last five seconds of the wall clock, all in percent and seconds of this machine. Real PostgreSQL tells its counters, except scans; real servers their CPU, load and memory. Everything else is made up: steady values that swing within an hour, from sizes and what stands. Nothing is measured until Insights is asked for the first time.",
    source: "assumption: made for this rehearsal",
    lastVerified: "never",
    probe: "none: it is about this rehearsal",
    test: `${tests}/metrics/programs.platform.test.ts`,
  },
  {
    platform,
    behaviour:
      "PromQL is read by Prometheus' own grammar, dots in metrics included; selectors, rate, increase, avg_over_time, max_over_time, sum, avg, max, min, count, arithmetic, or, and label_replace that gives a label are played, everything else is refused as bad_data and kept as a finding. Only GET is played.",
    source:
      "DigitalOcean API description; that the platform computes as Prometheus does is assumed",
    lastVerified: "never",
    probe:
      "an instant query of each expression of the dashboards, beside the panel's figure; mam dashboard <environment> open asks for all of them in one query, and for each where that is refused",
    test: `${tests}/promql/evaluate.test.ts`,
  },
  {
    platform,
    behaviour:
      "Names, labels and series that are looked for without start and end are refused with 422.",
    source: `${seen} (A1)`,
    lastVerified: reportedBy,
    probe: curl(`"${base}/query/nyc1/prom/api/v1/label/__name__/values"`),
    test: `${tests}/queries/endpoints.test.ts`,
  },
  {
    platform,
    behaviour:
      "A resource's signals are unknown (404) until somebody chooses; a choice keeps what it leaves out, and its region is fixed by the first. Metrics flow without a choice, and end when they are switched off.",
    source: "godo 1.239.0; that metrics flow without a choice is assumed",
    lastVerified: "never",
    probe: curl(`"${base}/resources?pagination.per_page=200" | jq -c '.resources[]?'`),
    test: `${tests}/resource-endpoints.test.ts`,
  },
  {
    platform,
    behaviour:
      "An account without Insights is answered 403, or 404, everywhere below /v2/insights; by default an account has it. No logs and no traces are kept here.",
    source: "assumption",
    lastVerified: "never",
    probe: "a team that never opened docs' Feature Preview page; a token with insights:read alone",
    test: `${tests}/availability.test.ts`,
  },
];
