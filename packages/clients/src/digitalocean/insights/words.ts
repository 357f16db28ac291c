/** The words of Insights that come in two spellings, longest first where one ends like another. */
const words = [
  "greater_than_or_equal",
  "less_than_or_equal",
  "not_equal",
  "greater_than",
  "less_than",
  "equal",
  "warning",
  "critical",
  "active",
  "resolved",
  "muted",
  "paused",
  "never",
  ...["1m", "5m", "10m", "15m", "30m", "1h", "4h"],
  ...["email", "slack", "webhook"],
] as const;

/**
 * A word of Insights without its spelling: `resolved` of `resolved` and of `ALERT_INSTANCE_STATUS_RESOLVED`, `not_equal` of
 * `THRESHOLD_OPERATOR_NOT_EQUAL`. Answers were seen in both spellings. An unknown one comes back in lower case.
 */
export function insightsWord(spelt: string): string {
  const lower = spelt.toLowerCase();
  return words.find((word) => lower === word || lower.endsWith(`_${word}`)) ?? lower;
}

/** A metric's name as answers have it: `do_apps_app_cpu_utilization` of `do.apps.app_cpu_utilization`. */
export function answeredName(metric: string): string {
  return metric.replaceAll(".", "_");
}

/** A sample's number: `NaN`, `+Inf` and `-Inf` are written as Prometheus writes them. */
export function insightsNumber(text: string): number {
  const infinite: Readonly<Record<string, number>> = { "+Inf": Infinity, "-Inf": -Infinity };
  return infinite[text] ?? Number(text);
}
