import type { EnvironmentConfig } from "../environments/schema/environment.ts";

/** A question to the log lines, and what answers it. */
interface LogQuery {
  readonly question: string;
  readonly query: string;
}

/** How a destination of logs is asked. */
export interface LogGuide {
  /** What its documentation calls it. */
  readonly title: string;
  /** Where a query is typed, and what has to be known about it. */
  readonly about: string;
  /** Language of the queries, as a fence of Markdown names it. */
  readonly language: "sql" | "text" | "sh";
  readonly queries: readonly LogQuery[];
}

type Destination = EnvironmentConfig["logs"]["destination"]["kind"];

const betterStack = (select: string, where: string, rest: string) =>
  `SELECT ${select}
FROM {{source}}
WHERE time BETWEEN {{start_time}} AND {{end_time}}
  AND ${where}
${rest}`;

const field = (name: string, type: string) => `JSONExtract(raw, '${name}', 'Nullable(${type})')`;
const isService = (name: string) => `${field("service", "String")} = '${name}'`;

/**
 * How the log lines of the services (docs/logs.md) are asked, for each place that they may go to. Those for `jq` are tried with
 * our services' lines; the others are written by the documentation of each service, and tried with none of them.
 */
export const logGuides: Readonly<Record<Destination, LogGuide>> = {
  "better-stack": {
    title: "Better Stack",
    about: "Explore, SQL.",
    language: "sql",
    queries: [
      {
        question: "Error rate of the API, in percent",
        query: betterStack(
          `{{time}} AS time,\n  100 * countIf(${field("status", "Int64")} >= 500) / count() AS value`,
          `${isService("api")}\n  AND ${field("status", "Int64")} IS NOT NULL`,
          "GROUP BY time",
        ),
      },
      {
        question: "95th percentile of the API, in milliseconds",
        query: betterStack(
          `{{time}} AS time,\n  quantile(0.95)(${field("durationMs", "Float64")}) AS value`,
          isService("api"),
          "GROUP BY time",
        ),
      },
      {
        question: "Slow routes",
        query: betterStack(
          `${field("route", "String")} AS route,\n  quantile(0.95)(${field("durationMs", "Float64")}) AS p95, count() AS requests`,
          "route IS NOT NULL",
          "GROUP BY route ORDER BY p95 DESC LIMIT 10",
        ),
      },
      {
        question: "Previews that failed",
        query: betterStack(
          "{{time}} AS time, count() AS value",
          `${isService("worker")}\n  AND ${field("msg", "String")} = 'job given up'`,
          "GROUP BY time",
        ),
      },
    ],
  },
  datadog: {
    title: "Datadog",
    about:
      "`status` is Datadog's own word for a level. Give the pipeline a status remapper on `level` and a facet of numbers, a measure, for each of `@status` and `@durationMs`.",
    language: "text",
    queries: [
      {
        question: "Error rate of the API, in percent: the formula `100 * a / b`",
        query: "a: count of @service:api @status:>=500\nb: count of @service:api @status:>=100",
      },
      {
        question: "95th percentile of the API: show `p95 of @durationMs`",
        query: "@service:api @status:>=100",
      },
      {
        question: "Slow routes: show `p95 of @durationMs` by `@route`, top 10",
        query: "@service:api @status:>=100",
      },
      {
        question: "Previews that failed: count",
        query: '@service:worker @msg:"job given up"',
      },
    ],
  },
  opensearch: {
    title: "OpenSearch",
    about: "Dev Tools. `index` is `logs.destination.index`.",
    language: "text",
    queries: [
      {
        question:
          "Error rate, p95 and slow routes of the last five minutes: the error rate is `failed.doc_count` of `hits.total`",
        query: `POST index/_search
{
  "size": 0,
  "query": { "bool": { "filter": [
    { "range": { "time": { "gte": "now-5m" } } },
    { "term": { "service.keyword": "api" } },
    { "exists": { "field": "status" } }
  ] } },
  "aggs": {
    "failed": { "filter": { "range": { "status": { "gte": 500 } } } },
    "p95": { "percentiles": { "field": "durationMs", "percents": [95] } },
    "routes": {
      "terms": { "field": "route.keyword", "size": 10, "order": { "slow.95": "desc" } },
      "aggs": { "slow": { "percentiles": { "field": "durationMs", "percents": [95] } } }
    }
  }
}`,
      },
      {
        question: "Previews that failed",
        query: `POST index/_count
{ "query": { "bool": { "filter": [
  { "range": { "time": { "gte": "now-1h" } } },
  { "term": { "service.keyword": "worker" } },
  { "match_phrase": { "msg": "job given up" } }
] } } }`,
      },
    ],
  },
  papertrail: {
    title: "Papertrail",
    about:
      "It searches text, counts what it finds, and computes nothing: save the searches, and let an alert count. 95th percentile and slow routes come from an archive, by `jq` as without a log service, or from the service levels.",
    language: "text",
    queries: [
      {
        question: "Failed requests of the API",
        query: String.raw`"\"service\":\"api\"" "\"status\":5"`,
      },
      {
        question: "All requests of the API: the error rate is the one count of the other",
        query: String.raw`"\"service\":\"api\"" "\"status\":"`,
      },
      {
        question: "Previews that failed",
        query: String.raw`"\"service\":\"worker\"" "job given up"`,
      },
    ],
  },
  none: {
    title: "None: App Platform's own lines",
    about: "App Platform keeps a short history of its own, which `doctl` fetches and `jq` asks.",
    language: "sh",
    queries: [
      {
        question: "Fetch the lines of the API",
        query: "doctl apps logs <app> api --type run --tail 10000 | sed -n 's/^[^{]*{/{/p' > lines",
      },
      {
        question: "Error rate, in percent",
        query:
          "jq -s '[.[] | select(.status)] | 100 * (map(select(.status >= 500)) | length) / length' lines",
      },
      {
        question: "95th percentile, in milliseconds",
        query:
          "jq -s '[.[] | select(.status) | .durationMs] | sort | .[((length * 0.95) | ceil) - 1]' lines",
      },
      {
        question: "Slow routes",
        query:
          "jq -s -c '[.[] | select(.status)] | group_by(.route) | map({route: .[0].route, p95: (map(.durationMs) | sort | .[((length * 0.95) | ceil) - 1])}) | sort_by(-.p95) | .[:10][]' lines",
      },
      {
        question: "Previews that failed, in the lines of the worker",
        query: `jq -s '[.[] | select(.msg == "job given up")] | length' lines`,
      },
    ],
  },
};
