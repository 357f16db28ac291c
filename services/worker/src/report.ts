import { setTimeout as delay } from "node:timers/promises";

import type { Job } from "./queue/job.ts";
import type { Media } from "./preview/make.ts";

/** What a worker tells the API about a job, as docs/jobs.md lists it. */
export type Report =
  | { readonly event: "started"; readonly attempt: number; readonly worker: string }
  | { readonly event: "progress"; readonly percent: number }
  | { readonly event: "playable" }
  | { readonly event: "ready"; readonly media: Media }
  | { readonly event: "refused"; readonly reason: string }
  | { readonly event: "failed"; readonly reason: string; readonly attempt: number }
  | { readonly event: "released" };

/** The API says that a job is over: nobody waits for its preview any more. */
export class JobIsOver extends Error {
  override readonly name = "JobIsOver";
}

/** The API does not know the job, or not this token: its database was restored, or the job is not one of its. */
export class JobIsUnknown extends Error {
  override readonly name = "JobIsUnknown";
}

/** Milliseconds that the API may take for an answer. */
const answerWithin = 10_000;

/** Milliseconds before the second try; doubled for each further one. */
const firstPause = 500;

/** Longest pause between two tries, in milliseconds. */
const longestPause = 15_000;

/** How persistently a report is delivered. */
export interface Persistence {
  /** Milliseconds after which no further try begins. */
  readonly for: number;
  readonly signal: AbortSignal;
}

/**
 * Delivers a report.
 *
 * @throws JobIsOver when the API answers 409, and what went wrong last when time is up.
 */
export async function deliver(
  apiBase: string,
  job: Job,
  report: Report,
  persistence: Persistence,
): Promise<void> {
  const end = performance.now() + persistence.for;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    try {
      await send(apiBase, job, report, persistence.signal);
      return;
    } catch (error) {
      if (error instanceof JobIsOver || persistence.signal.aborted) throw error;
      if (performance.now() + pause > end) throw error;
    }
    await delay(pause, undefined, { signal: persistence.signal });
  }
}

async function send(apiBase: string, job: Job, report: Report, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${apiBase}${job.report}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${job.token}` },
    body: JSON.stringify(report),
    // The token is for the API only.
    redirect: "error",
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithin)]),
  });
  await response.body?.cancel();
  if (response.status === 409) throw new JobIsOver("the API says that the job is over");
  if (response.status === 401 || response.status === 404)
    throw new JobIsUnknown(`the API does not know the job: it answered ${response.status}`);
  if (!response.ok) throw new Error(`the API answered ${response.status} to a report`);
}
