import { type TestAccount, textAt } from "../support.ts";

/** A dashboard's document with a name. */
export const aDocument = (
  name = "mam production",
  panels: object = {},
  description = "Made by mam",
) => ({
  kind: "Dashboard",
  apiVersion: "perses.dev/v1alpha1",
  spec: { display: { name, description }, duration: "1h", variables: [], layouts: [], panels },
});

/** A chart of a query. */
export const aPanel = (query: string) => ({
  kind: "Panel",
  spec: {
    display: { name: "CPU" },
    plugin: { kind: "TimeSeriesChart", spec: { yAxis: { format: { unit: "percent" } } } },
    queries: [
      {
        kind: "TimeSeriesQuery",
        spec: { plugin: { kind: "PrometheusTimeSeriesQuery", spec: { query } } },
      },
    ],
  },
});

const dashboards = "/v2/insights/dashboards";

/** Sends a document as a new dashboard. */
export const sendDashboard = (account: TestAccount, document: object = aDocument()) =>
  account.post(dashboards, { spec: JSON.stringify(document) });

/** Makes a channel, and returns its id. */
export async function aChannel(account: TestAccount, fields: object = {}): Promise<string> {
  const channel = { name: "mam: people", email: { to: "on-call@example.com" }, ...fields };
  const reply = await account.post("/v2/insights/notification-channels", channel);
  return textAt(reply, "notification_channel.id");
}

/** What a rule watches, unless told otherwise: the CPU of apps, over ten percent. */
export const aRule = (channel: string, fields: object = {}) => ({
  name: "mam production: CPU",
  query: { metric: "do.apps.app_cpu_utilization" },
  condition: { window: "EVALUATION_WINDOW_5M" },
  thresholds: { operator: "THRESHOLD_OPERATOR_GREATER_THAN", warning: 5, critical: 90 },
  notification_channels: [{ notification_channel_id: channel }],
  ...fields,
});

/** Sends a specification as a new rule. */
export const sendRule = (account: TestAccount, spec: object) =>
  account.post("/v2/insights/alert-rules", { spec });

/** An answer as it came, whatever it is. */
export async function raw(account: TestAccount, path: string, token = "full") {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${account.cloud.url}${path}`, { headers });
  const type = response.headers.get("content-type") ?? "";
  return { status: response.status, type, text: await response.text() };
}

/** Seconds of Unix time now, or some seconds from now. */
export const unix = ({ clock }: TestAccount, later = 0) =>
  Math.floor(clock.now().getTime() / 1000) + later;

/** The address of a query of a region's metrics. */
export const promPath = (
  call: string,
  parameters: Record<string, string | number>,
  region = "nyc1",
) => {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `/v2/insights/query/${region}/prom/api/v1/${call}?${query.toString()}`;
};
