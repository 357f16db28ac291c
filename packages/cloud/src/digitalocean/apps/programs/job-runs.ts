import { endAll } from "../../../programs/end-all.ts";
import { pause } from "../../../programs/pause.ts";
import { ProgramProcess } from "../../../programs/program-process.ts";
import type { ToMilliseconds } from "../../../programs/scale.ts";
import type { JobSpec } from "../spec/spec.ts";
import { jobSeconds } from "./job-timeout.ts";
import type { Work, Workplace } from "./workplace.ts";

interface JobRun {
  readonly process: ProgramProcess;
  readonly graceMilliseconds: number;
  readonly over: AbortController;
  isEnding: boolean;
}

/** Grace of a job that names none, in seconds. Source: app spec, `termination`. */
const defaultGrace = 120;

/** The jobs that run as programs. */
export class JobRuns {
  readonly #workplace: Workplace;
  readonly #scaled: ToMilliseconds;
  readonly #running = new Map<string, JobRun>();

  constructor(workplace: Workplace, scaled: ToMilliseconds) {
    this.#workplace = workplace;
    this.#scaled = scaled;
  }

  /** Names of the work that runs. */
  names(): string[] {
    return [...this.#running.keys()];
  }

  /**
   * Runs a job to its end.
   *
   * @returns what went wrong, or nothing.
   */
  async run(
    work: Work,
    { timeout, termination }: JobSpec,
    onLine: (line: string) => void,
  ): Promise<string | undefined> {
    const plan = this.#workplace.planOf(work, new Map());
    const process = new ProgramProcess({ ...plan, onLine }, this.#workplace.keeper);
    const graceMilliseconds = this.#scaled(termination?.grace_period_seconds ?? defaultGrace);
    const run = { process, graceMilliseconds, over: new AbortController(), isEnding: false };
    this.#running.set(work.name, run);
    const seconds = jobSeconds(timeout);
    const late = pause(seconds * 1000, run.over.signal);
    void late.then((isLate) => {
      if (isLate) this.end(work.name);
    });
    const { exitCode } = await process.ended;
    run.over.abort();
    this.#running.delete(work.name);
    this.#workplace.clear(work.name);
    if (await late) return `the job did not end within ${seconds} seconds`;
    return exitCode === 0 ? undefined : `the job exited with code ${exitCode}`;
  }

  /** Asks a job to end, and kills it after its grace time. */
  end(name: string): void {
    const run = this.#running.get(name);
    if (!run || run.isEnding) return;
    run.isEnding = true;
    run.process.terminate();
    void pause(run.graceMilliseconds, run.over.signal).then((isOver) => {
      if (isOver) run.process.kill();
    });
  }

  /** Ends all of them: those that have not ended after some milliseconds are killed. */
  async close(milliseconds: number): Promise<void> {
    await endAll(
      [...this.#running.values()].map(({ process }) => process),
      milliseconds,
    );
  }
}
