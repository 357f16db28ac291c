import { Readable } from "node:stream";

import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { findApp } from "./apps/app.ts";
import { findDeployment } from "./apps/deployments/deployment.ts";
import { followLog, logText } from "./apps/logs.ts";
import type { LogLine } from "./apps/model.ts";
import { belongsTo } from "./apps/observation.ts";
import { scale } from "./apps/scaling.ts";
import { knobsSchema } from "./insights/knobs.ts";
import { judgeRules } from "./insights/rules/judge.ts";
import type { Platform } from "./platform.ts";

const failuresSchema = z.array(z.enum(["build", "pre-deploy-job", "health-check"]));

const logPathSchema = z.object({
  app: z.string(),
  deployment: z.string(),
  component: z.string(),
  type: z.enum(["UNSPECIFIED", "BUILD", "DEPLOY", "RUN", "RUN_RESTARTED", "AUTOSCALE_EVENT"]),
});

const instancesPathSchema = z.object({ app: z.string(), component: z.string() });
const instancesSchema = z.strictObject({ count: z.int().min(1) });

const logQuerySchema = z.object({ follow: z.string().optional() });

/**
 * Addresses beside the API: `GET /__findings`, `PUT /__next-deployments` with the stages at which the next deployments
 * fail, `PUT /__instances/<app>/<component>` with a `count` that autoscaling is to come to, `GET` and `PUT /__insights` with the
 * knobs of Insights and what its alerts told, `GET /__uptime` with what alerts of uptime checks told, and the logs that the API
 * only links to.
 */
export function serveOwnAddresses(
  server: FastifyInstance,
  platform: Platform,
  now: () => Date,
): void {
  const { store, findings } = platform;
  server.get("/__findings", () => findings);
  server.put("/__next-deployments", (request, reply) => {
    const parsed = failuresSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    store.demandedFailures.splice(0, Infinity, ...parsed.data);
    return { failures: parsed.data };
  });
  server.put("/__instances/:app/:component", (request, reply) => {
    const { app, component } = instancesPathSchema.parse(request.params);
    const parsed = instancesSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    scale(store, { app, component, ...parsed.data }, now());
    return parsed.data;
  });
  server.get("/__insights", () => {
    judgeRules(platform, now());
    const { knobs, deliveries } = store.insights;
    return { knobs, deliveries };
  });
  server.get("/__uptime", () => ({ deliveries: store.uptimeWatch.deliveries }));
  server.put("/__insights", (request, reply) => {
    const parsed = knobsSchema.partial().safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    return Object.assign(store.insights.knobs, parsed.data);
  });
  server.get("/__logs/:app/:deployment/:component/:type", (request, reply) => {
    const { app, deployment, component, type } = logPathSchema.parse(request.params);
    const { follow } = logQuerySchema.parse(request.query);
    const known = findApp(store, app);
    const found = findDeployment(known, deployment);
    const query = component === "-" ? { type } : { type, component };
    const lines = found.logs.filter((line) => belongsTo(query, known, line)).map(logText);
    void reply.type("text/plain");
    if (follow !== "true") return reply.send(lines.join(""));
    const onward = (onLine: (line: LogLine) => void) => followLog(found, onLine);
    return reply.send(liveLog(lines, onward, (line) => belongsTo(query, known, line)));
  });
}

/** Bytes that may wait for a reader of a live log: one that does not read is not kept lines for. */
const mostWaiting = 1024 * 1024;

/** Lines that are there and those that come, until the reader goes. */
function liveLog(
  lines: readonly string[],
  follow: (onLine: (line: LogLine) => void) => () => void,
  isWanted: (line: LogLine) => boolean,
): Readable {
  const stream = new Readable({ read: () => undefined });
  for (const line of lines) stream.push(line);
  const end = follow((line) => {
    if (isWanted(line) && stream.readableLength < mostWaiting) stream.push(logText(line));
  });
  stream.once("close", end);
  return stream;
}
