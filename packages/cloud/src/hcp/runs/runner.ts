import type { Clock } from "../../clock.ts";
import { newId } from "../ids.ts";
import { type HcpStore, type Workspace, currentVersion } from "../model.ts";
import { stateVersionOf } from "../state-content.ts";
import { type Phase, type Run, isFinal, newRun } from "./model.ts";
import { configurationOf, nextRun } from "./queue.ts";
import type { OpenRun, Planned, RunWork } from "./work.ts";

/** Executes the runs of an organisation, as many at once as its plan allows, each workspace's one after another. */
export class Runner {
  readonly #store: HcpStore;
  readonly #clock: Clock;
  readonly #open: OpenRun | undefined;
  readonly #works = new Map<Run, RunWork>();
  /** By which what works is told to end. */
  readonly #endings = new Map<Run, AbortController>();
  readonly #working = new Set<Promise<void>>();
  #isClosed = false;

  /** @param open executes a run; without it every run waits forever, as where no worker is free. */
  constructor(store: HcpStore, clock: Clock, open?: OpenRun) {
    this.#store = store;
    this.#clock = clock;
    this.#open = open;
  }

  /** Begins what may begin. To be called after everything that may have made room. */
  schedule(): void {
    if (!this.#open || this.#isClosed) return;
    for (let run = nextRun(this.#store); run; run = nextRun(this.#store)) this.#begin(run);
  }

  /** Goes on with what was planned. */
  confirm(run: Run): void {
    run.status = "confirmed";
    this.schedule();
  }

  /** Ends a run that waits, with nothing applied. */
  discard(run: Run): void {
    this.#end(run, "discarded");
  }

  /** Ends a run: at once where it waits, and as Terraform does after Ctrl-C where it works. */
  cancel(run: Run): void {
    const ending = this.#endings.get(run);
    if (ending) ending.abort();
    else this.#end(run, "canceled");
  }

  /** Cancels what works, and waits for its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const ending of this.#endings.values()) ending.abort();
    await Promise.all(this.#working);
    await Promise.all([...this.#works.values()].map((work) => work.close()));
    this.#works.clear();
  }

  #begin(run: Run): void {
    const { signal } = this.#endingOf(run);
    const step = run.status === "confirmed" ? this.#apply(run, signal) : this.#plan(run, signal);
    const working = step
      .catch((error: unknown) => {
        const phase = run.status === "applying" ? run.apply : run.plan;
        phase.log += `${error instanceof Error ? error.message : String(error)}\n`;
        this.#end(run, "errored");
      })
      .finally(() => {
        this.#working.delete(working);
        this.#endings.delete(run);
        this.schedule();
      });
    this.#working.add(working);
  }

  #endingOf(run: Run): AbortController {
    const ending = new AbortController();
    this.#endings.set(run, ending);
    return ending;
  }

  async #plan(run: Run, signal: AbortSignal): Promise<void> {
    run.status = "planning";
    run.plan.status = "running";
    this.#hold(run);
    const planned = await (await this.#workOf(run)).plan(logInto(run.plan), signal);
    if (planned && !signal.aborted) {
      run.plan.status = "finished";
      this.#settle(run, planned);
    } else this.#end(run, signal.aborted ? "canceled" : "errored");
  }

  /** Says what comes after a plan. */
  #settle(run: Run, { hasChanges, json, redacted }: Planned): void {
    const { planOnly, savePlan, autoApply } = run.order;
    Object.assign(run, { hasChanges, result: { json, redacted } });
    if (planOnly || !hasChanges) this.#end(run, "planned_and_finished");
    else if (savePlan) run.status = "planned_and_saved";
    else run.status = autoApply ? "confirmed" : "planned";
  }

  async #apply(run: Run, signal: AbortSignal): Promise<void> {
    run.status = "applying";
    run.apply.status = "running";
    this.#hold(run);
    const { ok, state } = await (await this.#workOf(run)).apply(logInto(run.apply), signal);
    this.#keep(run, state);
    if (ok && !signal.aborted) {
      run.apply.status = "finished";
      this.#trigger(run);
    }
    const ended = ok ? "applied" : "errored";
    this.#end(run, signal.aborted ? "canceled" : ended);
    this.#discardSaved(run);
  }

  /** Begins runs of the workspaces that want one after each of this one, of what was uploaded or committed there last. */
  #trigger({ workspaceId: source }: Run): void {
    const { runTriggers, configurationVersions, runs } = this.#store;
    const createdAt = this.#clock.now();
    for (const { workspaceId } of runTriggers.filter(({ sourceId }) => sourceId === source)) {
      const configuration = configurationVersions.findLast(
        (one) => one.workspaceId === workspaceId && !one.speculative && one.archive,
      );
      if (!configuration) continue;
      const message = "Queued by a run trigger";
      const configurationVersionId = configuration.id;
      runs.push(newRun({ workspaceId, configurationVersionId, createdAt, message }));
    }
  }

  /** Plans that were saved before somebody else changed the state are of no use any more. */
  #discardSaved({ workspaceId }: Run): void {
    const stale = ({ status, workspaceId: of }: Run) =>
      of === workspaceId && status === "planned_and_saved";
    this.#store.runs.filter(stale).forEach((run) => {
      this.#end(run, "discarded");
    });
  }

  async #workOf(run: Run): Promise<RunWork> {
    const known = this.#works.get(run);
    if (known) return known;
    const workspace = this.#workspaceOf(run);
    const archive = configurationOf(this.#store, run)?.archive;
    if (!this.#open || !archive) throw new Error(`${run.id} has nothing to execute`);
    const variables = this.#store.variables.filter(
      ({ workspaceId }) => workspaceId === workspace.id,
    );
    const work = await this.#open({
      archive,
      workingDirectory: workspace.workingDirectory,
      state: currentVersion(this.#store, workspace)?.state,
      terraformVersion: workspace.terraformVersion,
      order: run.order,
      variables,
      token: run.token,
    });
    this.#works.set(run, work);
    return work;
  }

  #keep(run: Run, state: Buffer | undefined): void {
    const workspace = this.#workspaceOf(run);
    if (!state || currentVersion(this.#store, workspace)?.state?.equals(state)) return;
    const made = { id: newId("sv"), workspaceId: workspace.id, createdAt: this.#clock.now() };
    this.#store.stateVersions.push(stateVersionOf(made, state));
  }

  #hold(run: Run): void {
    const { planOnly, savePlan } = run.order;
    if (planOnly || (savePlan && run.status === "planning")) return;
    this.#workspaceOf(run).lock = { type: "runs", id: run.id, reason: "" };
  }

  #end(run: Run, status: Run["status"]): void {
    run.status = status;
    for (const phase of [run.plan, run.apply]) endPhase(phase, status);
    const workspace = this.#workspaceOf(run);
    if (workspace.lock?.id === run.id) workspace.lock = undefined;
    const work = this.#works.get(run);
    this.#works.delete(run);
    if (work) void work.close();
    if (isFinal(run)) this.schedule();
  }

  #workspaceOf({ workspaceId }: Run): Workspace {
    const workspace = this.#store.workspaces.find(({ id }) => id === workspaceId);
    if (!workspace) throw new Error(`there is no workspace ${workspaceId}`);
    return workspace;
  }
}

const logInto = (phase: Phase) => (text: string) => {
  phase.log += text;
};

/** What has not ended when its run does. */
function endPhase(phase: Phase, status: Run["status"]): void {
  if (phase.status === "running") phase.status = status === "canceled" ? "canceled" : "errored";
  else if (phase.status === "pending") phase.status = "unreachable";
}
