import { once } from "node:events";

import { restartPause } from "./back-off.ts";
import { returnPort, takeFreePort } from "./free-ports.ts";
import type { Keeper } from "./keeper.ts";
import { pause } from "./pause.ts";
import { probe } from "./probe.ts";
import { ProgramProcess } from "./program-process.ts";
import type { OutputName, ProcessEnd, ProcessPlan } from "./program-process.ts";
import { scaledDurations } from "./scale.ts";
import type { ToMilliseconds } from "./scale.ts";
import { countChecks } from "./thresholds.ts";
import type { Thresholds, Verdict } from "./thresholds.ts";

/** A check of a container, in seconds of the platform. */
export interface ContainerCheck extends Thresholds {
  /** Port in the container. */
  readonly port: number;
  readonly path?: string;
  readonly initialDelay: number;
  readonly period: number;
  /** Passes as fast here as there. */
  readonly timeout: number;
}

/** A container to run: a program that is started again whenever it ends, until it is told to. */
export interface ContainerPlan {
  /** Ports in the container; here each has another one. */
  readonly ports: readonly number[];
  /** What is started, given the port that each of those has here. */
  readonly process: (ports: ReadonlyMap<number, number>) => Omit<ProcessPlan, "onLine">;
  /** Decides when it is ready. Without one it is as soon as it has run for a while. */
  readonly readiness?: ContainerCheck;
  /** Starts it again when it fails. */
  readonly liveness?: ContainerCheck;
  /** Seconds from SIGTERM to SIGKILL when a failed check of liveness ends it. */
  readonly grace: number;
}

/** What runs containers. */
export interface ContainerHost {
  readonly keeper: Keeper;
  readonly scaled: ToMilliseconds;
  /** Milliseconds in which a program that does not listen yet fails no check. */
  readonly startMilliseconds: number;
}

/** What a container tells while it runs. */
export interface ContainerEvents {
  onReady(isReady: boolean): void;
  /** @param run how many times it had been started again before. */
  onLine(line: string, output: OutputName, run: number): void;
  onRestart(): void;
}

/** Why a container is not ready. */
export type ContainerFailure = "unhealthy" | "crashed" | "ended";

interface Run {
  readonly process: ProgramProcess;
  readonly ports: ReadonlyMap<number, number>;
  readonly began: number;
  readonly over: AbortController;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

/** A container of a service or worker. */
export class Container {
  readonly #plan: ContainerPlan;
  readonly #host: ContainerHost;
  readonly #events: ContainerEvents;
  readonly #ending = new AbortController();
  /** Ends the time in which it is not started again; undefined while there is none. */
  #halt: AbortController | undefined;
  #run: Run | undefined;
  #restarts = 0;
  #ready = false;
  /** Its first end since it was last ready. */
  #firstEnd: { readonly at: number; readonly exitCode: number } | undefined;
  #unhealthy = false;
  /** When it is over, with all its processes. */
  readonly ended: Promise<void>;

  constructor(plan: ContainerPlan, host: ContainerHost, events: ContainerEvents) {
    this.#plan = plan;
    this.#host = host;
    this.#events = events;
    this.ended = this.#live();
  }

  /** The port of 127.0.0.1 that stands for one of the container's; undefined while it is not ready. */
  portOf(port: number): number | undefined {
    return this.#ready ? this.#run?.ports.get(port) : undefined;
  }

  /** The ports that it has here, by those in the container; undefined while it does not run. */
  get ports(): ReadonlyMap<number, number> | undefined {
    return this.#run?.ports;
  }

  /** Its first process; undefined while none runs. */
  get pid(): number | undefined {
    return this.#run?.process.pid;
  }

  /** Whether it was told to end. */
  get isEnding(): boolean {
    return this.#isTold();
  }

  /** Why it is not ready, once that is more than a matter of time. */
  get failure(): ContainerFailure | undefined {
    if (this.#ready) return undefined;
    if (this.#unhealthy) return "unhealthy";
    const first = this.#firstEnd;
    const patience = this.#host.scaled(scaledDurations["crash-given-up"].seconds);
    if (!first || Date.now() - first.at < patience) return undefined;
    return first.exitCode === 0 ? "ended" : "crashed";
  }

  /** Asks it to end; it is not started again. */
  terminate(): void {
    this.#ending.abort();
    this.#run?.process.terminate();
  }

  /** Kills it. */
  kill(): void {
    this.#ending.abort();
    this.#run?.process.kill();
  }

  /** Kills its process without a warning, as the platform does to one that takes too much memory; it is started again. */
  crash(): void {
    this.#run?.process.kill();
  }

  /**
   * Kills its process, as {@link crash} does; it is not started again before the returned function is called, as where the
   * platform finds no room for it.
   */
  halt(): () => void {
    const halt = (this.#halt ??= new AbortController());
    this.crash();
    return () => {
      halt.abort();
      if (this.#halt === halt) this.#halt = undefined;
    };
  }

  async #live(): Promise<void> {
    let step = 0;
    for (;;) {
      const run = await this.#start();
      if (this.#isTold()) run.process.terminate();
      if (this.#halt) run.process.kill();
      const { exitCode } = await this.#follow(run);
      if (this.#isTold()) return;
      this.#firstEnd ??= { at: Date.now(), exitCode };
      const forgotten = this.#host.scaled(scaledDurations["restart-pause-forgotten"].seconds);
      if (Date.now() - run.began > forgotten) step = 0;
      if (!(await pause(this.#host.scaled(restartPause(step)), this.#ending.signal))) return;
      if (this.#halt) await aborted(AbortSignal.any([this.#halt.signal, this.#ending.signal]));
      if (this.#isTold()) return;
      step += 1;
      this.#restarts += 1;
      this.#events.onRestart();
    }
  }

  #isTold(): boolean {
    return this.#ending.signal.aborted;
  }

  async #start(): Promise<Run> {
    const ports = new Map<number, number>();
    for (const port of this.#plan.ports) ports.set(port, await takeFreePort());
    const number = this.#restarts;
    const onLine = (line: string, output: OutputName) => {
      this.#events.onLine(line, output, number);
    };
    const process = new ProgramProcess({ ...this.#plan.process(ports), onLine }, this.#host.keeper);
    const run = { process, ports, began: Date.now(), over: new AbortController() };
    this.#run = run;
    return run;
  }

  async #follow(run: Run): Promise<ProcessEnd> {
    const watching = [this.#watchReadiness(run), this.#watchLiveness(run)];
    const end = await run.process.ended;
    run.over.abort();
    this.#setReady(false);
    await Promise.all(watching);
    this.#run = undefined;
    for (const port of run.ports.values()) returnPort(port);
    return end;
  }

  #setReady(ready: boolean): void {
    if (this.#ready === ready) return;
    this.#ready = ready;
    if (ready) this.#firstEnd = undefined;
    this.#events.onReady(ready);
  }

  async #watchReadiness(run: Run): Promise<void> {
    const { readiness } = this.#plan;
    if (!readiness) {
      const settled = this.#host.scaled(scaledDurations["worker-settled"].seconds);
      if (await pause(settled, run.over.signal)) this.#setReady(true);
      return;
    }
    await this.#check(run, readiness, (verdict) => {
      this.#unhealthy = verdict === "failing";
      this.#setReady(verdict === "passing");
    });
  }

  async #watchLiveness(run: Run): Promise<void> {
    const { liveness, grace } = this.#plan;
    if (!liveness) return;
    const ended = new AbortController();
    await this.#check(run, liveness, (verdict) => {
      if (verdict !== "failing" || ended.signal.aborted) return;
      ended.abort();
      this.#events.onLine(
        "the liveness check failed: it is started again",
        "stderr",
        this.#restarts,
      );
      run.process.terminate();
      void pause(this.#host.scaled(grace), run.over.signal).then((passed) => {
        if (passed) run.process.kill();
      });
    });
  }

  async #check(run: Run, check: ContainerCheck, judge: (verdict: Verdict) => void): Promise<void> {
    const { scaled, startMilliseconds } = this.#host;
    const { signal } = run.over;
    const count = countChecks(check);
    const port = run.ports.get(check.port) ?? check.port;
    const asked = {
      port,
      ...(check.path === undefined ? {} : { path: check.path }),
      timeoutMilliseconds: check.timeout * 1000,
    };
    let listened = false;
    let wait = scaled(check.initialDelay);
    while (await pause(wait, signal)) {
      const before = Date.now();
      const { outcome } = await probe(asked);
      if (signal.aborted) return;
      listened ||= outcome !== "refused";
      const starts = !listened && Date.now() - run.began < startMilliseconds;
      if (!starts) judge(count(outcome === "passed"));
      wait = Math.max(0, scaled(check.period) - (Date.now() - before));
    }
  }
}
