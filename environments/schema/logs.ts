import { z } from "zod";

import { defaultedGroup, field, group, reason, wholeNumber } from "./field.ts";

const destinationSchema = defaultedGroup(
  "Where the logs of the four services go. The credentials come from sealed files or TF_VAR_*.",
  {
    kind: field(
      z.enum(["better-stack", "datadog", "papertrail", "opensearch", "none"]).default("none"),
      {
        meaning:
          "Log service. `none` keeps only App Platform's own short history, and needs a reason.",
        unit: "choice",
      },
    ),
    noneReason: reason("logs are kept nowhere"),
    endpoint: field(z.string().optional(), {
      meaning:
        "Papertrail: host:port. Datadog: intake URL of the account's site. OpenSearch: https URL of a cluster that has no trusted sources. Better Stack: none.",
      unit: "address",
      examples: ["logs7.papertrailapp.com:12345", "https://http-intake.logs.datadoghq.eu"],
    }),
    index: field(z.string().optional(), {
      meaning: "OpenSearch: name of the index.",
      unit: "name",
      examples: ["mam-production"],
    }),
    user: field(z.string().optional(), {
      meaning: "OpenSearch: user that may write to the index.",
      unit: "name",
      examples: ["mam-logs"],
    }),
  },
);

const databaseSinkSchema = group("Syslog receiver of the clusters' own logs.", {
  server: field(z.hostname(), {
    meaning: "Host of the syslog receiver.",
    unit: "host",
    examples: ["logs7.papertrailapp.com"],
  }),
  port: field(wholeNumber(1, 65_535), { meaning: "Port of the syslog receiver.", unit: "port" }),
  clusters: field(
    z
      .array(z.enum(["postgres", "valkey"]))
      .min(1)
      .readonly(),
    {
      meaning: "Clusters that send. Leave out one whose edition has no log sinks.",
      unit: "clusters",
      examples: [["postgres", "valkey"], ["valkey"]],
    },
  ),
});

/** What is logged and where it goes. */
export const logsSchema = group("What is logged and where it goes.", {
  level: field(z.enum(["debug", "info", "warn", "error"]).default("info"), {
    meaning: "Least level that the services log. `debug` may slow the API down.",
    unit: "level",
  }),
  destination: destinationSchema,
  databaseSink: field(databaseSinkSchema.optional(), {
    meaning: "Where the clusters send their own logs, by syslog over TLS.",
    unit: "group",
  }),
});
