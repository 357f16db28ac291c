import { z } from "zod";

const withPrefix = <const Words extends readonly string[]>(prefix: string, words: Words) =>
  z.enum(words.map((word) => `${prefix}_${word}`));

const comparisons = [
  "EQUAL",
  "NOT_EQUAL",
  "LESS_THAN",
  "LESS_THAN_OR_EQUAL",
  "GREATER_THAN",
  "GREATER_THAN_OR_EQUAL",
] as const;

/** Windows in seconds. */
export const windowSeconds: Readonly<Record<string, number>> = {
  EVALUATION_WINDOW_1M: 60,
  EVALUATION_WINDOW_5M: 300,
  EVALUATION_WINDOW_10M: 600,
  EVALUATION_WINDOW_15M: 900,
  EVALUATION_WINDOW_30M: 1800,
  EVALUATION_WINDOW_1H: 3600,
};

/** Pauses between two messages about the same alert, in seconds. */
export const reAlertSeconds: Readonly<Record<string, number>> = {
  RE_ALERT_DURATION_30M: 1800,
  RE_ALERT_DURATION_1H: 3600,
  RE_ALERT_DURATION_4H: 14_400,
  RE_ALERT_DURATION_NEVER: Infinity,
};

const binding = z.strictObject({
  notification_channel_id: z.string().min(1),
  notify_on: z.array(withPrefix("SEVERITY", ["WARNING", "CRITICAL"])).exactOptional(),
});

const schema = {
  name: z.string().min(1),
  query: z.strictObject({
    /** Whatever is sent: a name that does not exist is accepted, too. */
    metric: z.string().min(1),
    filters: z
      .array(
        z.strictObject({
          field: z.string().min(1),
          operator: withPrefix("FILTER_OPERATOR", comparisons),
          value: z.string(),
        }),
      )
      .exactOptional(),
    resource_urns: z.array(z.string()).exactOptional(),
    tags: z.array(z.string()).exactOptional(),
  }),
  condition: z
    .strictObject({ window: z.enum(Object.keys(windowSeconds)).exactOptional() })
    .exactOptional(),
  thresholds: z
    .strictObject({
      operator: withPrefix("THRESHOLD_OPERATOR", comparisons),
      warning: z.number().exactOptional(),
      critical: z.number().exactOptional(),
    })
    .refine(({ warning, critical }) => warning !== undefined || critical !== undefined, {
      message: "warning or critical is needed",
    }),
  re_alert_duration: z.enum(Object.keys(reAlertSeconds)).exactOptional(),
};

const bindings = z.array(binding).min(1);
const status = z.enum(["ALERT_RULE_STATUS_ACTIVE", "ALERT_RULE_STATUS_PAUSED"]).exactOptional();

/** A rule as it is created. Sources: godo 1.239.0, pydo 0.44.0, DigitalOcean's API description. */
export const ruleSchema = z.strictObject({
  spec: z.strictObject({ ...schema, notification_channels: bindings }),
  status,
});

/** A rule as it is changed: what is left out of status, channels and pauses stays. */
export const ruleUpdateSchema = z.strictObject({
  spec: z.strictObject({ ...schema, notification_channels: bindings.exactOptional() }),
  status,
});

/** What a rule watches. */
export type RuleSpec = z.infer<typeof ruleSchema>["spec"];

/** Whether a rule is judged. */
export type RuleStatus = NonNullable<z.infer<typeof ruleSchema>["status"]>;
