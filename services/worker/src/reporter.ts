import type { Logger } from "pino";

import type { Job } from "./queue/job.ts";
import { JobIsOver, type Report, deliver } from "./report.ts";

/** Milliseconds for which a report is tried that the next one makes less important. */
const passing = 30_000;

/** Milliseconds for which the last report of a job is tried before the job is given back with it. */
const lasting = 300_000;

/** Least milliseconds between two reports of progress. */
const progressEvery = 2_000;

/** Where reports go, and what ends them. */
export interface ReporterContext {
  readonly apiBase: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Called when the API says that nobody waits for this job any more. */
  readonly onOver: () => void;
}

/** Reports on one job, one report after the other. */
export class Reporter {
  readonly #job: Job;
  readonly #context: ReporterContext;
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #progressAt = Number.NEGATIVE_INFINITY;

  constructor(job: Job, context: ReporterContext) {
    this.#job = job;
    this.#context = context;
  }

  /** Reports something on the way. Work goes on meanwhile, and also when the API cannot be told. */
  tell(report: Report): void {
    this.#waiting += 1;
    this.#last = this.#last
      .then(() => this.#deliver(report, passing))
      .catch((error: unknown) => {
        if (error instanceof JobIsOver) this.#context.onOver();
        else if (!this.#context.signal.aborted)
          this.#context.logger.warn({ err: error, event: report.event }, "report not delivered");
      })
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Reports progress, unless it did so a moment ago or the API is slow to take the report before. */
  tellProgress(percent: number): void {
    if (this.#waiting > 0 || performance.now() - this.#progressAt < progressEvery) return;
    this.#progressAt = performance.now();
    this.tell({ event: "progress", percent });
  }

  /**
   * Delivers the last report of a job, after all others.
   *
   * @throws JobIsOver or what went wrong: the job is not to be acknowledged then.
   */
  async conclude(report: Report): Promise<void> {
    await this.#last;
    await this.#deliver(report, lasting);
  }

  #deliver(report: Report, milliseconds: number): Promise<void> {
    const { apiBase, signal } = this.#context;
    return deliver(apiBase, this.#job, report, { for: milliseconds, signal });
  }
}
