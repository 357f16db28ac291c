import type { Clock } from "../../clock.ts";
import type { Platform } from "../platform.ts";
import { CpuMeter } from "./metrics/cpu-meter.ts";
import { type MeasuredPrograms, measureApps } from "./metrics/measure-apps.ts";
import { type MeasuredDatabases, measureDatabases } from "./metrics/measure-databases.ts";
import { ProcessTable } from "./metrics/processes.ts";
import { judgeRules } from "./rules/judge.ts";

/** What is measured of an account. */
export interface Measured {
  readonly platform: Platform;
  readonly clock: Clock;
  readonly programs: MeasuredPrograms;
  /** Undefined where databases are data. */
  readonly databases: MeasuredDatabases | undefined;
}

/** The shortest time between two looks, in milliseconds: a look costs a few of them. */
const shortestPeriod = 1000;

/** The shortest time in which requests are counted, in seconds: fewer make a rate of chance. */
const shortestWindow = 5;

const minute = 60;

/** Milliseconds between two looks. */
const periodOf = ({ speed }: Clock) => Math.max(shortestPeriod, (minute * 1000) / speed);

/** Virtual milliseconds in which a measured value stands for the present: three looks, and five minutes at least. */
export const holdingTime = (clock: Clock) =>
  Math.max(5 * minute * 1000, 3 * periodOf(clock) * clock.speed);

/**
 * Measures what runs and judges the rules, once in a virtual minute, at most once a second. It does nothing until somebody
 * asks Insights for the first time, so that an account whose operator does without costs nothing.
 */
export class InsightsTimer {
  readonly #measured: Measured;
  readonly #cpu = new CpuMeter();
  readonly #timer: NodeJS.Timeout;
  readonly #window: number;
  #looking: Promise<void> = Promise.resolve();
  #isLooking = false;

  constructor(measured: Measured) {
    this.#measured = measured;
    this.#window = Math.max(shortestWindow, minute / measured.clock.speed);
    this.#timer = setInterval(() => {
      this.#look();
    }, periodOf(measured.clock));
    // It is no reason for a process to go on.
    this.#timer.unref();
  }

  /** Ends it, once the look that is under way is over. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  #look(): void {
    const { platform, clock } = this.#measured;
    if (!platform.store.insights.isAsked || this.#isLooking) return;
    this.#isLooking = true;
    this.#looking = this.#measure().finally(() => {
      this.#isLooking = false;
      judgeRules(platform, clock.now());
    });
  }

  async #measure(): Promise<void> {
    const { platform, clock, programs, databases } = this.#measured;
    const { store, recorded } = platform;
    const isReal = store.apps.some(({ instances }) => instances.some((one) => one.isProgram));
    if (!isReal && !databases) return;
    const look = { store, recorded, clock, cpu: this.#cpu, processes: new ProcessTable() };
    measureApps(look, programs, this.#window);
    if (databases) await measureDatabases(look, databases);
  }
}
