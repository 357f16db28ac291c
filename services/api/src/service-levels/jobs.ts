import type { Redis } from "iovalkey";
import type { Pool } from "pg";
import { z } from "zod";

import type { Measure } from "@mam-services/common/service-levels/verdict";

import type { Queryable } from "../database/pool.ts";
import type { Environment } from "../environment.ts";

/** Previews are far fewer than requests: they are judged over so many windows, an hour by default. */
const windowsOfJobs = 12;

/** Previews that ended from which on they are judged. */
const leastJobs = 5;

/** Dead letters that are looked at; more of them are no other message. */
const mostLetters = 100;

/** What is known of the jobs. */
interface JobFigures {
  /** Seconds since something was last heard of the job of which nothing was heard for longest. */
  readonly oldest: number | null;
  readonly failed: number;
  readonly ended: number;
  readonly letters: number;
}

/** Where jobs are looked up. */
export interface JobSources {
  readonly database: Pool;
  readonly valkey: Redis;
  readonly stream: string;
}

/** Measures the preview jobs. @throws what PostgreSQL or Valkey say when they are away. */
export async function measureJobs(
  { database, valkey, stream }: JobSources,
  environment: Environment,
): Promise<readonly Measure[]> {
  const dead = await deadJobs(valkey, stream);
  const figures = await readFigures(
    database,
    environment.SERVICE_LEVEL_WINDOW_SECONDS * windowsOfJobs,
    dead,
  );
  return jobMeasures(figures, environment);
}

/** The measures of what is known of the jobs. */
export function jobMeasures(
  { oldest, failed, ended, letters }: JobFigures,
  environment: Environment,
): readonly Measure[] {
  return [
    {
      name: "oldest-job",
      value: oldest ?? 0,
      threshold: environment.SERVICE_LEVEL_OLDEST_JOB_SECONDS,
      unit: "seconds",
    },
    {
      name: "failed-jobs",
      value: ended === 0 ? undefined : (failed / ended) * 100,
      threshold: environment.SERVICE_LEVEL_FAILED_JOBS_PERCENT,
      unit: "percent",
      of: { count: ended, least: leastJobs },
    },
    {
      name: "dead-letters",
      value: letters,
      threshold: environment.SERVICE_LEVEL_DEAD_LETTERS,
      unit: "jobs",
    },
  ];
}

/**
 * A dead letter counts until somebody asked for the preview again: then its asset has a newer job. What ends a red level is
 * so what mends it, and nobody has to empty a stream. A letter of an asset that is gone counts for nothing.
 */
async function readFigures(
  database: Queryable,
  seconds: number,
  dead: readonly string[],
): Promise<JobFigures> {
  const { rows } = await database.query<JobFigures>(
    `select
       (select extract(epoch from now() - min(heard_at))::float8 from jobs
         where state in ('waiting', 'queued', 'running')) as oldest,
       count(*) filter (where state = 'failed')::int as failed,
       count(*) filter (where state in ('failed', 'done'))::int as ended,
       (select count(*)::int from jobs j where id = any($2::uuid[]) and not exists
         (select 1 from jobs n where n.asset_id = j.asset_id and n.position > j.position)) as letters
     from jobs where finished_at > now() - make_interval(secs => $1)`,
    [seconds, dead],
  );
  const [figures] = rows;
  if (!figures) throw new Error("PostgreSQL answered no row to a question for one");
  return figures;
}

const letter = z.object({ id: z.uuid() });

/** Ids of the jobs that the newest dead letters are about; a letter that is none is the workers' business. */
async function deadJobs(valkey: Redis, stream: string): Promise<string[]> {
  const entries = await valkey.xrevrange(`${stream}:dead`, "+", "-", "COUNT", mostLetters);
  return entries.flatMap(([, fields]) => {
    const text = fields[fields.indexOf("job") + 1] ?? "";
    const job = letter.safeParse(parsed(text));
    return job.success ? [job.data.id] : [];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
