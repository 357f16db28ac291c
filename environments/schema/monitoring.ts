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

const objectivesSchema = defaultedGroup("What users may expect of the platform.", {
  apiP95Milliseconds: field(wholeNumber(50, 60_000).default(800), {
    meaning: "Time in which 95 of 100 answers of the API are there.",
    unit: "milliseconds",
  }),
});

/** Where the platform is looked at, and what is expected of it. */
export const monitoringSchema = defaultedGroup(
  "Where the platform is looked at, and what is expected of it.",
  { insights: insightsSchema, objectives: objectivesSchema },
);
