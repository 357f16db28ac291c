import { z } from "zod";

import { defaultedGroup, field, group, reason, wholeNumber } from "./field.ts";

const percent = (value: number, meaning: string) =>
  field(wholeNumber(1, 100).default(value), { meaning, unit: "percent" });

const componentThresholds = defaultedGroup("Thresholds of the app's components.", {
  cpuPercent: percent(80, "CPU over ten minutes."),
  memoryPercent: percent(85, "Memory over five minutes: at 100 the instance is killed."),
  restarts: field(wholeNumber(1, 100).default(3), {
    meaning: "Restarts within ten minutes.",
    unit: "restarts",
  }),
});

const databaseThresholds = (memoryPercent: number) =>
  defaultedGroup("Thresholds of a cluster.", {
    cpuPercent: percent(80, "CPU over ten minutes."),
    memoryPercent: percent(memoryPercent, "Memory over ten minutes."),
    diskPercent: percent(80, "Disk over thirty minutes: a full disk makes the cluster read-only."),
    diskCriticalPercent: percent(
      90,
      "Disk over fifteen minutes, when the alert before was missed: told by Insights, as critical.",
    ),
    loadPerCpu: field(z.number().min(0.1).max(10).default(1), {
      meaning: "15-minute load for each virtual CPU.",
      unit: "load per CPU",
    }),
  });

const uptimeThresholds = defaultedGroup("Thresholds of the checks from outside.", {
  latencyMilliseconds: field(wholeNumber(50, 30_000).default(1000), {
    meaning: "Answer time over five minutes.",
    unit: "milliseconds",
  }),
  certificateDays: field(wholeNumber(1, 60).default(14), {
    meaning:
      "Days that a certificate is still valid. App Platform renews earlier, so this means renewal is stuck.",
    unit: "days",
  }),
});

const variable = (meaning: string, example: string) =>
  field(
    z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/)
      .optional(),
    { meaning, unit: "variable", examples: [example] },
  );

const afterDeployment = defaultedGroup(
  "Who is told what a deployment or a rollback came to. An address is a secret of whoever deploys: here stands only the name of the environment variable that has it; with `_FILE` behind it, that of the file that has it.",
  {
    slackVariable: variable(
      "Variable with the address of an incoming webhook of Slack.",
      "MAM_SLACK_WEBHOOK",
    ),
    webhookVariable: variable(
      "Variable with an https address that gets the result as JSON.",
      "MAM_DEPLOYMENT_WEBHOOK",
    ),
    onlyFailures: field(z.boolean().default(false), {
      meaning: "Whether nobody is told of a deployment that went well.",
      unit: "true or false",
    }),
  },
);

/** Who is told, and from which value on. */
export const alertingSchema = group("Who is told, and from which value on.", {
  recipients: field(z.array(z.email()).max(20).default([]).readonly(), {
    meaning:
      "E-mail addresses that get every alert. DigitalOcean accepts only verified addresses of the team's members.",
    unit: "addresses",
    examples: [["on-call@northlight.example"]],
  }),
  mutedReason: reason("no alert is sent"),
  afterDeployment,
  components: componentThresholds,
  database: databaseThresholds(90),
  cache: databaseThresholds(75),
  uptime: uptimeThresholds,
  uptimeRegions: field(
    z
      .array(z.enum(["us_east", "us_west", "eu_west", "se_asia"]))
      .min(1)
      .default(["us_east", "eu_west"])
      .readonly(),
    {
      meaning:
        "Where the checks from outside are made. Two or more tell an outage from a network problem.",
      unit: "regions",
      examples: [["us_east", "eu_west"], ["se_asia"]],
    },
  ),
});
