import { z } from "zod";

import { defaultedGroup, field, reason, wholeNumber } from "./field.ts";

const insightsSchema = defaultedGroup(
  "The dashboard and the alert rules on DigitalOcean Insights, which `mam` makes after a deployment.",
  {
    enabled: field(z.boolean().default(true), {
      meaning:
        "Whether they are made. Switched off, what stands stays: `mam dashboard <environment> remove` takes it away.",
      unit: "true or false",
    }),
    disabledReason: reason("nothing is made on Insights"),
    region: field(
      z
        .string()
        .regex(/^[a-z]{3}\d$/)
        .optional(),
      {
        meaning:
          "Datacentre in which the metrics of this environment are found. Left out, the datacentres behind `network.region` are asked for them.",
        unit: "slug",
        examples: ["nyc3"],
      },
    ),
    docsUrl: field(z.url({ protocol: /^https$/ }).optional(), {
      meaning:
        "Where the people on call read docs/ of this repository: the dashboard links to its alerts.md. Left out, it names the files.",
      unit: "address",
      examples: ["https://git.northlight.example/mam-infra/docs"],
    }),
  },
);

const percent = (value: number, meaning: string) =>
  field(z.number().min(0).max(100).default(value), { meaning, unit: "percent" });

const objectivesSchema = defaultedGroup(
  "What users may expect of the platform. Where it does not hold, a service answers 503 at its service levels, and an alert is sent: docs/service-levels.md.",
  {
    enabled: field(z.boolean().default(true), {
      meaning:
        "Whether the images say how they do, and checks from outside ask them. Switched off, no service is told any objective.",
      unit: "true or false",
    }),
    disabledReason: reason(
      "failing requests, late previews and dead letters of these images tell nobody",
    ),
    errorRatePercent: percent(
      1,
      "Most answers of a public service that may be its own failures (5xx), of all its answers.",
    ),
    apiP95Milliseconds: field(wholeNumber(50, 60_000).default(800), {
      meaning: "Time in which 95 of 100 answers of the API are there.",
      unit: "milliseconds",
    }),
    firstByteMilliseconds: field(wholeNumber(50, 60_000).default(1000), {
      meaning: "Time in which 95 of 100 answers of playback begin.",
      unit: "milliseconds",
    }),
    oldestJobSeconds: field(wholeNumber(10, 86_400).default(600), {
      meaning:
        "Longest time that nothing is heard of a preview: it waits, or its worker is silent. Beyond it there are too few workers, or none.",
      unit: "seconds",
    }),
    failedJobsPercent: percent(
      10,
      "Most previews that may fail, of those that ended within twelve windows.",
    ),
    deadLetters: field(wholeNumber(0, 10_000).default(0), {
      meaning: "Most previews that were given up and that nobody has asked for again.",
      unit: "jobs",
    }),
    backupAgeHours: field(wholeNumber(1, 720).default(26), {
      meaning:
        "Greatest age of the newest dump: a day, and two hours to make it. Without effect where `services.backup` is off, or the release has no image of it.",
      unit: "hours",
    }),
    windowSeconds: field(wholeNumber(30, 3600).default(300), {
      meaning:
        "Time over which requests are judged. A shorter one sees trouble sooner, and a moment's trouble as well.",
      unit: "seconds",
    }),
    leastRequests: field(wholeNumber(1, 1_000_000).default(50), {
      meaning:
        "Requests within the window from which on their objectives are judged: one failure of three is no error rate.",
      unit: "requests",
    }),
  },
);

/** Where the platform is looked at, and what is expected of it. */
export const monitoringSchema = defaultedGroup(
  "Where the platform is looked at, and what is expected of it.",
  { insights: insightsSchema, objectives: objectivesSchema },
);
