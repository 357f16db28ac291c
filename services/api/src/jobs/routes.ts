import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";

import { pageOf, toPage } from "../http/pages.ts";
import { type Job, listJobs } from "./store.ts";

/** The list of jobs. */
export function jobRoutes(server: FastifyInstance, database: Pool): void {
  server.get("/api/jobs", async (request) => {
    const page = pageOf(request.query);
    return toPage(await listJobs(database, page), page.limit, view);
  });
}

const view = ({ reason, createdAt, finishedAt, ...job }: Job) => ({
  id: job.id,
  assetId: job.assetId,
  fileName: job.fileName,
  state: job.state,
  attempts: job.attempts,
  createdAt: createdAt.toISOString(),
  ...(reason !== null && { reason }),
  ...(finishedAt !== null && { finishedAt: finishedAt.toISOString() }),
});
