import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { findApp } from "./apps/app.ts";
import { findDeployment } from "./apps/deployments/deployment.ts";
import { logLines } from "./apps/observation.ts";
import type { Platform } from "./platform.ts";

const failuresSchema = z.array(z.enum(["build", "pre-deploy-job", "health-check"]));

const logPathSchema = z.object({
  app: z.string(),
  deployment: z.string(),
  component: z.string(),
  type: z.enum(["UNSPECIFIED", "BUILD", "DEPLOY", "RUN", "RUN_RESTARTED", "AUTOSCALE_EVENT"]),
});

/**
 * Addresses beside the API: `GET /__findings`, `PUT /__next-deployments` with the stages at which the next deployments
 * fail, and the logs that the API only links to.
 */
export function serveOwnAddresses(server: FastifyInstance, { store, findings }: Platform): void {
  server.get("/__findings", () => findings);
  server.put("/__next-deployments", (request, reply) => {
    const parsed = failuresSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    store.demandedFailures.splice(0, Infinity, ...parsed.data);
    return { failures: parsed.data };
  });
  server.get("/__logs/:app/:deployment/:component/:type", (request, reply) => {
    const { app, deployment, component, type } = logPathSchema.parse(request.params);
    const found = findDeployment(findApp(store, app), deployment);
    const lines = logLines(found, component === "-" ? { type } : { type, component });
    return reply
      .type("text/plain")
      .send(lines.map(({ at, component: name, line }) => `${name} ${at} ${line}\n`).join(""));
  });
}
