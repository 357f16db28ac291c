import { randomUUID } from "node:crypto";

import { healthOf } from "../processes/health.ts";
import { type Statement, statementsOf } from "../statement.ts";
import type { World } from "../world.ts";

async function unknownJob(world: World) {
  const answer = await world.ask("api", `/api/internal/previews/${randomUUID()}`, {
    method: "POST",
    headers: { authorization: `Bearer ${"x".repeat(43)}`, "content-type": "application/json" },
    body: JSON.stringify({ event: "ready", media: {} }),
  });
  return [answer.status < 400 && `it was answered with ${answer.status}`];
}

/** What every API does, whatever its own protocol is. */
export const apiStatements: readonly Statement[] = [
  healthOf("api"),
  statementsOf("api", "docs/jobs.md", ["api"])({
    id: "api-unknown-job",
    statement: "a report on a job that nobody asked for is refused",
    words: "allows to report on this job, as `Authorization: Bearer`",
    check: unknownJob,
  }),
];
