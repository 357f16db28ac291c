import {
  answeredName,
  insightsNumber,
  insightsWord,
} from "../../../src/digitalocean/insights/index.ts";

test.each([
  ["active", "active"],
  ["ALERT_INSTANCE_STATUS_RESOLVED", "resolved"],
  ["ALERT_RULE_STATUS_PAUSED", "paused"],
  ["SEVERITY_CRITICAL", "critical"],
  ["THRESHOLD_OPERATOR_EQUAL", "equal"],
  ["THRESHOLD_OPERATOR_NOT_EQUAL", "not_equal"],
  ["THRESHOLD_OPERATOR_GREATER_THAN", "greater_than"],
  ["THRESHOLD_OPERATOR_GREATER_THAN_OR_EQUAL", "greater_than_or_equal"],
  ["FILTER_OPERATOR_LESS_THAN_OR_EQUAL", "less_than_or_equal"],
  ["EVALUATION_WINDOW_5M", "5m"],
  ["EVALUATION_WINDOW_15M", "15m"],
  ["RE_ALERT_DURATION_NEVER", "never"],
  ["CHANNEL_TYPE_SLACK", "slack"],
  ["SOMETHING_NEW", "something_new"],
])("%s is the word %s", (spelt, word) => {
  expect(insightsWord(spelt)).toBe(word);
});

test("a metric is written with underscores in answers", () => {
  expect(answeredName("do.apps.app_cpu_utilization")).toBe("do_apps_app_cpu_utilization");
});

test.each([
  ["1.5", 1.5],
  ["NaN", NaN],
  ["+Inf", Infinity],
  ["-Inf", -Infinity],
])("the sample %s is a number", (text, number) => {
  expect(insightsNumber(text)).toBe(number);
});
