import { randomUUID } from "node:crypto";

import { z } from "zod";

import { notFound, unprocessable } from "../api/errors.ts";
import type { DatabaseCluster, LogSink } from "./model.ts";

const opensearch = z.strictObject({
  url: z.string().min(1),
  index_prefix: z.string().min(1),
  index_days_max: z.int().min(1).max(10_000).exactOptional(),
  timeout: z.number().min(10).max(120).exactOptional(),
  ca: z.string().exactOptional(),
});

const rsyslog = z.strictObject({
  server: z.string().min(1),
  port: z.int().min(1).max(65_535),
  // terraform-provider-digitalocean 2.99.1 leaves it out when it is false.
  tls: z.boolean().default(false),
  format: z.enum(["rfc5424", "rfc3164", "custom"]),
  logline: z.string().exactOptional(),
  sd: z.string().exactOptional(),
  ca: z.string().exactOptional(),
  key: z.string().exactOptional(),
  cert: z.string().exactOptional(),
});

const datadog = z.strictObject({ site: z.string().min(1), datadog_api_key: z.string().min(1) });

const sinkName = z.string().min(1);

/** A new log sink. Source: DigitalOcean API description, `databases/models/logsink`. */
export const logSinkRequest = z.discriminatedUnion("sink_type", [
  z.strictObject({ sink_name: sinkName, sink_type: z.literal("opensearch"), config: opensearch }),
  z.strictObject({
    sink_name: sinkName,
    sink_type: z.literal("elasticsearch"),
    config: opensearch,
  }),
  z.strictObject({ sink_name: sinkName, sink_type: z.literal("rsyslog"), config: rsyslog }),
  z.strictObject({ sink_name: sinkName, sink_type: z.literal("datadog"), config: datadog }),
]);

/** The new configuration of a log sink. */
export const logSinkUpdate = z.strictObject({ config: z.union([opensearch, rsyslog, datadog]) });

/** Finds a log sink. @throws ApiError 404. */
export function findLogSink({ logsinks }: DatabaseCluster, id: string): LogSink {
  const sink = logsinks.find((one) => one.sink_id === id);
  if (!sink) throw notFound("logsink not found");
  return sink;
}

/** Adds a log sink. @throws ApiError 422 when its name is taken. */
export function addLogSink(
  cluster: DatabaseCluster,
  request: z.infer<typeof logSinkRequest>,
): LogSink {
  if (cluster.logsinks.some(({ sink_name: name }) => name === request.sink_name)) {
    throw unprocessable(`logsink ${request.sink_name} already exists`);
  }
  const sink: LogSink = { sink_id: randomUUID(), ...request };
  cluster.logsinks.push(sink);
  return sink;
}
