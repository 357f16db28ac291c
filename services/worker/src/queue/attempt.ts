import type { Logger } from "pino";

import type { Card } from "../card/card.ts";
import { makeWithCard } from "../card/make.ts";
import { FfmpegFailed } from "../ffmpeg/run.ts";
import type { Health } from "../health.ts";
import type { Media, Order, Workshop } from "../preview/make.ts";
import { Refused } from "../preview/refused.ts";
import { JobIsOver, JobIsUnknown, type Report, deliver } from "../report.ts";
import { Reporter } from "../reporter.ts";
import { type Job, readJob } from "./job.ts";
import { keepJob } from "./keep.ts";
import type { JobRecords, Lock } from "./records.ts";
import type { Entry, JobStream } from "./stream.ts";

/** What attempts at jobs need. */
export interface AttemptContext {
  readonly stream: JobStream;
  readonly records: JobRecords;
  readonly workshop: Workshop;
  /** What encodes; the CPU, where there is no card. */
  readonly card: Card;
  readonly health: Health;
  readonly logger: Logger;
  readonly apiBase: string;
  /** Name of this worker in reports. */
  readonly worker: string;
  /** Attempts at a job before it is given up. */
  readonly attempts: number;
  /** Buckets that a job may name. */
  readonly buckets: { readonly masters: string; readonly previews: string };
  /** Ends every attempt: the jobs are given back. */
  readonly stopping: AbortSignal;
}

/** Why an attempt ends before its time. */
type Interruption = "stopping" | "over" | "lost";

/** Milliseconds before the second attempt; that much more before each further one, and at most what an entry waits. */
const pauseAfterAttempt = 10_000;

/** Milliseconds that the API may take to hear that a job was given back; the job is given back all the same. */
const releaseWithin = 2_000;

/** Works on an entry of the stream, and leaves it finished, given back or buried. */
export async function workOn(context: AttemptContext, entry: Entry): Promise<void> {
  context.health.alive(entry.id);
  try {
    await workOnEntry(context, entry);
  } finally {
    context.health.ended(entry.id);
  }
}

async function workOnEntry(context: AttemptContext, entry: Entry): Promise<void> {
  const { stream, logger } = context;
  const reading = readJob(entry.job);
  if (reading.kind === "stranger") {
    logger.info(
      { entry: entry.id, version: reading.version },
      "job of another version left to others",
    );
    await stream.leaveToOthers(entry.id);
  } else if (reading.kind === "malformed") {
    logger.error({ entry: entry.id, reason: reading.problem }, "entry buried");
    await stream.bury(entry.id, letter(undefined, reading.problem, 0));
  } else await new Attempt(context, entry, reading.job).run();
}

/** A dead letter. The token stays out: who reads dead letters has no business with reports. */
function letter(job: Job | undefined, reason: string, attempts: number) {
  const text = JSON.stringify({ ...job, token: undefined });
  return { job: text, reason, attempts, at: new Date().toISOString() };
}

/** What is done with the entry once the lock is gone, so that whoever takes it over finds it free. */
type Parting = () => Promise<void>;

/** One attempt at one job. */
class Attempt {
  readonly #context: AttemptContext;
  readonly #entry: Entry;
  readonly #job: Job;
  readonly #logger: Logger;
  readonly #reporter: Reporter;
  readonly #end = new AbortController();
  #interruption: Interruption | undefined;

  constructor(context: AttemptContext, entry: Entry, job: Job) {
    this.#context = context;
    this.#entry = entry;
    this.#job = job;

    this.#logger = context.logger.child({ jobId: job.id, assetId: job.asset });
    this.#reporter = new Reporter(job, {
      apiBase: context.apiBase,
      logger: this.#logger,
      signal: this.#end.signal,
      onOver: this.#interrupt("over"),
    });
  }

  async run(): Promise<void> {
    const { records, stopping } = this.#context;
    const lock = await records.lock(this.#job.id);
    if (!lock) {
      this.#logger.info("job left to the worker that has it");
      return;
    }
    const stop = this.#interrupt("stopping");
    stopping.addEventListener("abort", stop, { once: true });
    if (stopping.aborted) stop();
    const endKeeping = this.#keep(lock);
    const parting = await this.#work().catch((error: unknown) => this.#brokenOff(error));
    stopping.removeEventListener("abort", stop);
    await endKeeping();
    await lock.release();
    await parting();
  }

  #keep(lock: Lock): () => Promise<void> {
    const { stream, health } = this.#context;
    return keepJob({
      stream,
      entry: this.#entry,
      lock,
      logger: this.#logger,
      onKept: () => {
        health.reached();
      },
      onLost: this.#interrupt("lost"),
    });
  }

  #interrupt(why: Interruption): () => void {
    return () => {
      this.#interruption ??= why;
      this.#end.abort();
    };
  }

  async #work(): Promise<Parting> {
    const { records, attempts, worker } = this.#context;
    const known = await records.outcome(this.#job.id);
    if (known !== undefined) return this.#conclude(JSON.parse(known) as Report);
    const attempt = await records.countAttempt(this.#job.id);
    if (attempt > attempts) return this.#giveUp("Every worker that began it died.", attempts);
    this.#logger.info({ attempt }, "attempt begins");
    this.#reporter.tell({ event: "started", attempt, worker });
    let media: Media;
    try {
      media = await this.#make();
    } catch (error) {
      return this.#afterFailure(error, attempt);
    }
    this.#logger.info({ attempt, ...media }, "preview made");
    return this.#conclude({ event: "ready", media });
  }

  #make(): Promise<Media> {
    const { masters, previews } = this.#context.buckets;
    const { id, master, preview } = this.#job;
    if (master.bucket !== masters || preview.bucket !== previews)
      throw new Error("the job names buckets that are not those of this platform");
    const order: Order = {
      id,
      master,
      preview,
      signal: this.#end.signal,
      onPlayable: () => {
        this.#reporter.tell({ event: "playable" });
      },
      onProgress: (percent) => {
        this.#reporter.tellProgress(percent);
      },
      onSign: () => {
        this.#context.health.alive(this.#entry.id);
      },
    };
    return makeWithCard(this.#context.workshop, this.#context.card, order, this.#logger);
  }

  async #afterFailure(error: unknown, attempt: number): Promise<Parting> {
    if (this.#interruption === "stopping") await this.#tellRelease();
    if (this.#interruption) throw error;
    if (error instanceof Refused) {
      this.#logger.info({ attempt, reason: error.message }, "file refused");
      return this.#conclude({ event: "refused", reason: error.message });
    }
    const lastWords = error instanceof FfmpegFailed ? { lastWords: error.lastWords } : {};
    this.#logger.warn({ err: error, attempt, ...lastWords }, "attempt failed");
    if (attempt < this.#context.attempts) return this.#giveBack(pauseAfterAttempt * attempt);
    return this.#giveUp(error instanceof Error ? error.message : String(error), attempt);
  }

  /** The attempt does not count: nothing was wrong with the job. */
  async #tellRelease(): Promise<void> {
    await this.#context.records.uncountAttempt(this.#job.id);
    const persistence = { for: 0, signal: AbortSignal.timeout(releaseWithin) };
    await deliver(this.#context.apiBase, this.#job, { event: "released" }, persistence).catch(
      (error: unknown) => {
        this.#logger.warn({ err: error, event: "released" }, "report not delivered");
      },
    );
  }

  /** Remembers the outcome, so that nothing is made again whatever happens next, and reports it. */
  async #conclude(report: Report, parting: Parting = this.#finish): Promise<Parting> {
    await this.#context.records
      .remember(this.#job.id, JSON.stringify(report))
      .catch((error: unknown) => {
        // A full Valkey remembers nothing; the entry's end is what frees its memory.
        this.#logger.warn({ err: error }, "outcome not remembered");
      });
    await this.#reporter.conclude(report);
    return parting;
  }

  #giveUp(reason: string, attempts: number): Promise<Parting> {
    this.#logger.error({ reason, attempts }, "job given up");
    return this.#conclude(
      { event: "failed", reason, attempt: attempts },
      this.#bury(reason, attempts),
    );
  }

  #bury(reason: string, attempts: number): Parting {
    const { stream } = this.#context;
    return () => stream.bury(this.#entry.id, letter(this.#job, reason, attempts));
  }

  /** What is left to do after work broke off for a reason that lies outside of it. */
  #brokenOff(error: unknown): Parting {
    const why = error instanceof JobIsOver ? "over" : this.#interruption;
    this.#logger.info({ err: error, why: why ?? "trouble" }, "attempt broken off");
    if (why === "over") return this.#finish;
    if (error instanceof JobIsUnknown) return this.#bury(error.message, 0);
    if (why === "lost") return () => Promise.resolve();
    return this.#giveBack(why === "stopping" ? 0 : pauseAfterAttempt);
  }

  readonly #finish: Parting = () => this.#context.stream.finish(this.#entry.id);

  #giveBack(delay: number): Parting {
    return () => this.#context.stream.giveBack(this.#entry.id, delay);
  }
}
