import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";
import { z } from "zod";

import { type AssetChange, changeAsset } from "../assets/store.ts";
import { type Queryable, inTransaction } from "../database/pool.ts";
import { RequestError } from "@mam-services/common/errors";
import { idOf, parse } from "../http/parse.ts";
import { bearerOf } from "../sessions/authentication.ts";
import { silenceSeconds } from "./reconcile.ts";
import type { JobState } from "./store.ts";
import { isJobToken } from "./tokens.ts";

const attempt = z.number().int().min(1);
/** Words that are too long are cut, not refused: the worker would report them again for ever. */
const cut = (length: number) => z.string().transform((words) => words.slice(0, length));
const reason = cut(1000);
const media = z.object({
  duration: z.number().nonnegative(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  fps: z.number().positive().optional(),
  hasAudio: z.boolean(),
});

/** What a worker reports; fields that a later release adds are let through. */
const report = z.discriminatedUnion("event", [
  z.object({ event: z.literal("started"), attempt, worker: cut(200) }),
  z.object({ event: z.literal("progress"), percent: z.number().min(0).max(100) }),
  z.object({ event: z.literal("playable") }),
  z.object({ event: z.literal("ready"), media }),
  z.object({ event: z.literal("refused"), reason }),
  z.object({ event: z.literal("failed"), reason, attempt }),
  z.object({ event: z.literal("released") }),
]);

type Report = z.output<typeof report>;

/** What a report changes, of the job and of the asset. */
interface Effect {
  readonly state: JobState;
  readonly asset: AssetChange;
  readonly job?: { readonly attempts?: number; readonly worker?: string; readonly reason?: string };
}

/** The effect of every report. */
export function effectOf(what: Report): Effect {
  switch (what.event) {
    case "started": {
      const { attempt: attempts, worker } = what;
      const asset = { status: "processing", progress: 0, reason: null } as const;
      return { state: "running", asset, job: { attempts, worker } };
    }
    case "progress":
      return {
        state: "running",
        asset: { status: "processing", progress: Math.floor(what.percent) },
      };
    case "playable":
      return { state: "running", asset: { status: "processing", playable: true } };
    case "ready":
      return {
        state: "done",
        asset: { status: "ready", playable: true, progress: null, reason: null, media: what.media },
      };
    case "refused":
      return {
        state: "refused",
        asset: { status: "refused", progress: null, reason: what.reason },
        job: { reason: what.reason },
      };
    case "failed":
      return {
        state: "failed",
        asset: { status: "failed", progress: null, reason: what.reason },
        job: { reason: what.reason, attempts: what.attempt },
      };
    case "released":
      return { state: "queued", asset: {} };
  }
}

/** Where workers report. Not limited: workers share few addresses, and a token of 256 bits cannot be guessed. */
export function reportRoutes(server: FastifyInstance, database: Pool): void {
  server.post(
    "/api/internal/previews/:id",
    { config: { rateLimit: false } },
    async (request, reply) => {
      const id = idOf(request.params);
      const token = bearerOf(request) ?? "";
      await inTransaction(database, (connection) =>
        take(connection, { id, token, body: request.body }),
      );
      request.log.debug({ jobId: id }, "report");
      return reply.status(204).send();
    },
  );
}

interface Incoming {
  readonly id: string;
  readonly token: string;
  readonly body: unknown;
}

interface ReportedJob {
  readonly assetId: string;
  readonly state: JobState;
  readonly hashes: readonly Buffer[];
}

/** Takes a report; the same one again changes nothing. */
async function take(database: Queryable, { id, token, body }: Incoming): Promise<void> {
  const { rows } = await database.query<ReportedJob>(
    `select asset_id as "assetId", state, token_hashes as "hashes" from jobs where id = $1 for update`,
    [id],
  );
  const [job] = rows;
  if (!job || !isJobToken(token, job.hashes))
    throw new RequestError(401, "unauthorised", "There is no such job, or this is not its token.");
  const effect = effectOf(parse(report, body));
  if (["done", "refused", "failed"].includes(job.state)) {
    if (effect.state === job.state) return;
    throw new RequestError(409, "job-over", `The job is ${job.state}.`);
  }
  await apply(database, id, job.assetId, effect);
}

async function apply(database: Queryable, id: string, assetId: string, effect: Effect) {
  const { attempts = null, worker = null, reason: why = null } = effect.job ?? {};
  const isOver = ["done", "refused", "failed"].includes(effect.state);
  await database.query(
    `update jobs set state = $2, attempts = greatest(attempts, coalesce($3, 0)), worker = coalesce($4, worker),
       reason = coalesce($5, reason), due_at = now() + make_interval(secs => $6), heard_at = now(),
       finished_at = case when $7 then now() end
     where id = $1`,
    [id, effect.state, attempts, worker, why, silenceSeconds, isOver],
  );
  if (Object.keys(effect.asset).length > 0) await changeAsset(database, assetId, effect.asset);
}
