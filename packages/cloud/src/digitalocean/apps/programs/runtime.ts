import type { Clock } from "../../../clock.ts";
import { defaultScale, realDurations, scaledBy } from "../../../programs/scale.ts";
import { settle } from "../../settle.ts";
import type { Store } from "../../store.ts";
import { advanceDeployment, programJobs } from "../deployments/lifecycle.ts";
import { endInstance } from "../deployments/rollout.ts";
import { imageOf } from "../images.ts";
import { appendLog } from "../logs.ts";
import type { App, Deployment, Instance } from "../model.ts";
import { type RunningComponent, runningComponents } from "../spec/spec.ts";
import { type ConsoleCommand, type ConsoleResult, Consoles } from "./console.ts";
import { Containers } from "./containers.ts";
import { rolloutFailureOf } from "./failures.ts";
import { deploymentOf, endInTime } from "./instances.ts";
import { JobRuns } from "./job-runs.ts";
import { readyPorts, takesRequests } from "./ports.ts";
import type { ProgramContext } from "./settings.ts";
import { type Terminal, type TerminalEvents, Terminals } from "./terminals.ts";
import { type Work, Workplace } from "./workplace.ts";

/** Milliseconds between two looks at what should run. */
const period = 20;

/**
 * Runs what images that are programs say. It compares, again and again, what should run by the account's state with the
 * processes that there are: it starts, ends and kills them, and writes into the state what becomes of them. The state's
 * own rules stay what they are without programs.
 */
export class ProgramRuntime {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #workplace: Workplace;
  readonly #containers: Containers;
  readonly #jobs: JobRuns;
  readonly #consoles: Consoles;
  readonly #terminals: Terminals;
  readonly #timer: NodeJS.Timeout;
  /** Work whose network is being prepared. */
  readonly #beginning = new Set<string>();
  #closed = false;

  constructor(store: Store, clock: Clock, context: ProgramContext) {
    const { scale = defaultScale, startSeconds = realDurations.start.seconds } = context.settings;
    const scaled = scaledBy(scale);
    store.programStretch = clock.speed / scale;
    this.#store = store;
    this.#clock = clock;
    this.#workplace = new Workplace(store, context);
    this.#containers = new Containers(this.#workplace, clock, {
      scaled,
      startMilliseconds: startSeconds * 1000,
    });
    this.#jobs = new JobRuns(this.#workplace, scaled);
    this.#consoles = new Consoles(this.#workplace);
    this.#terminals = new Terminals(this.#workplace);
    this.#timer = setInterval(() => {
      this.#compare();
    }, period);
  }

  /** The port of 127.0.0.1 on which an instance answers that listens on a port in its container. */
  portOf(instance: string, port: number): number | undefined {
    return this.#containers.get(instance)?.portOf(port);
  }

  /** The first process of an instance; undefined while none runs. */
  pidOf(instance: string): number | undefined {
    return this.#containers.get(instance)?.pid;
  }

  /**
   * Runs a command with the environment of a running instance, as App Platform's console does.
   *
   * @throws Error when the component has no running instance that is a program.
   */
  runIn(command: ConsoleCommand): Promise<ConsoleResult> {
    const { app: name, component } = command;
    const app = this.#store.apps.find(({ spec }) => spec.name === name);
    const now = this.#clock.now().getTime();
    const instance = app?.instances.find(
      (one) => one.component === component && takesRequests(one, now),
    );
    const ports = instance && this.#containers.get(instance.name)?.ports;
    const work = app && instance && this.#workOfInstance(app, instance);
    if (!work || !ports) throw new Error(`App ${name} has no running instance of ${component}.`);
    return this.#consoles.run(work, ports, command);
  }

  /** Opens a shell in an instance; undefined where it does not run, or is no program. */
  openTerminal(
    { app: id, instance: name }: { readonly app: string; readonly instance: string },
    events: TerminalEvents,
  ): Terminal | undefined {
    const app = this.#store.apps.find((one) => one.id === id);
    const instance = app?.instances.find((one) => one.name === name);
    const container = this.#containers.get(name);
    const work = app && instance && this.#workOfInstance(app, instance);
    return work && container && this.#terminals.open(work, container, events);
  }

  /**
   * Kills the process of the instance of a component that has run the longest, without a warning.
   *
   * @returns the instance's name.
   * @throws Error when none runs.
   */
  crash(appName: string, component: string): string {
    const app = this.#store.apps.find(({ spec }) => spec.name === appName);
    for (const instance of app?.instances ?? []) {
      const container = this.#containers.get(instance.name);
      if (instance.component !== component || instance.answers === undefined || !container)
        continue;
      container.crash();
      return instance.name;
    }
    throw new Error(`App ${appName} has no running instance of ${component}.`);
  }

  /**
   * Takes every instance of a component away, as where the platform finds no room for it: processes are killed, and
   * started again when the returned function is called. What another deployment starts is not concerned.
   *
   * @throws Error when none runs.
   */
  halt(appName: string, component: string): () => void {
    const app = this.#store.apps.find(({ spec }) => spec.name === appName);
    const own = (app?.instances ?? []).filter((one) => one.component === component);
    const containers = own.flatMap(({ name }) => this.#containers.get(name) ?? []);
    if (containers.length === 0)
      throw new Error(`App ${appName} has no running instance of ${component}.`);
    const resumes = containers.map((container) => container.halt());
    return () => {
      for (const resume of resumes) resume();
    };
  }

  /** Ends every process, and waits until none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    const milliseconds = realDurations.close.seconds * 1000;
    await Promise.all([
      this.#containers.close(milliseconds),
      this.#jobs.close(milliseconds),
      this.#consoles.close(),
      this.#terminals.close(),
    ]);
    await this.#workplace.close();
  }

  #compare(): void {
    const at = this.#clock.now();
    settle(this.#store, at);
    this.#workplace.refresh();
    for (const app of this.#store.apps) {
      for (const deployment of app.deployments) this.#advance(app, deployment, at);
      for (const instance of app.instances) if (instance.isProgram) this.#place(app, instance, at);
    }
    this.#endWhatIsGone(at);
  }

  #advance(app: App, deployment: Deployment, at: Date): void {
    if (deployment.stage === "running-jobs") this.#runJobs(app, deployment, at);
    if (deployment.stage === "rolling-out") this.#judgeRollout(app, deployment, at);
  }

  #runJobs(app: App, deployment: Deployment, at: Date): void {
    const jobs = programJobs(this.#store, deployment);
    if (jobs.length === 0) return;
    // One after another, in their order; the first that fails is the last.
    const next = jobs.find(({ name }) => !deployment.job_errors.has(name));
    const failed = [...deployment.job_errors.values()].some((error) => error !== undefined);
    if (failed || !next) {
      advanceDeployment(this.#store, { app: app.id, deployment: deployment.id }, at);
      return;
    }
    const work = this.#workOf(app, deployment, next.name, `${next.name}-${deployment.id}`);
    if (!work) return;
    this.#begin(work, async () => {
      const onLine = (line: string) => {
        const now = this.#clock.now().toISOString();
        appendLog(deployment, { at: now, component: next.name, type: "DEPLOY", line });
      };
      const error = await this.#jobs.run(work, next, onLine);
      deployment.job_errors.set(next.name, error);
    });
  }

  #judgeRollout(app: App, deployment: Deployment, at: Date): void {
    const own = app.instances.filter((one) => one.isProgram && one.deployment === deployment.id);
    if (own.length === 0 || deployment.rollout_failure) return;
    deployment.rollout_failure = own
      .map((one) => rolloutFailureOf(one, deployment.spec, this.#containers.get(one.name)?.failure))
      .find((failure) => failure !== undefined);
    const ready = own.every(({ answers }) => answers !== undefined);
    const simulated = deployment.simulated_until ?? 0;
    if (!deployment.rollout_failure && (!ready || at.getTime() < simulated)) return;
    advanceDeployment(this.#store, { app: app.id, deployment: deployment.id }, at);
  }

  /** Starts, ends or kills the process of an instance, as its times say. */
  #place(app: App, instance: Instance, at: Date): void {
    const now = at.getTime();
    const container = this.#containers.get(instance.name);
    const { started, terminated = Infinity } = instance;
    if (!container) {
      if (started <= now && now < terminated) this.#start(app, instance);
      return;
    }
    endInTime(container, instance, now);
  }

  #start(app: App, instance: Instance): void {
    const deployment = deploymentOf(app, instance);
    const work = this.#workOfInstance(app, instance);
    if (!work || !deployment) return;
    this.#begin(work, () => {
      this.#containers.start({ deployment, instance }, work);
      return Promise.resolve();
    });
  }

  /** Prepares the app's network, then does the work; once, however often it is asked to meanwhile. */
  #begin(work: Work, action: () => Promise<void>): void {
    if (this.#beginning.has(work.name)) return;
    this.#beginning.add(work.name);
    const find = (component: string, port: number) =>
      readyPorts(work.app, component, this.#clock.now().getTime(), (instance) =>
        this.portOf(instance, port),
      );
    void this.#workplace
      .prepare(work.app, work.spec, find)
      .then(() => (this.#closed ? undefined : action()))
      .finally(() => this.#beginning.delete(work.name));
  }

  #workOfInstance(app: App, instance: Instance): Work | undefined {
    const deployment = deploymentOf(app, instance);
    return deployment && this.#workOf(app, deployment, instance.component, instance.name);
  }

  #workOf(app: App, deployment: Deployment, name: string, folder: string): Work | undefined {
    const { spec, digests } = deployment;
    const component: RunningComponent | undefined = runningComponents(spec).find(
      (one) => one.spec.name === name,
    );
    const image = component?.spec.image;
    const program = image && imageOf(this.#store, image, digests[name] ?? "")?.program;
    return component && program && { app, spec, component, program, name: folder };
  }

  /** Ends what belongs to an app or a deployment that is there no more. */
  #endWhatIsGone(at: Date): void {
    const { apps } = this.#store;
    const instances = new Set(apps.flatMap((app) => app.instances));
    for (const { instance, container, grace } of this.#containers.all()) {
      if (instances.has(instance)) continue;
      if (instance.terminated === undefined) {
        endInstance(this.#store, instance, { drain: 0, grace }, at);
      }
      endInTime(container, instance, at.getTime());
    }
    const jobs = new Set(
      apps.flatMap(({ deployments }) =>
        deployments
          .filter(({ stage }) => stage === "running-jobs")
          .flatMap(({ id, spec }) => (spec.jobs ?? []).map(({ name }) => `${name}-${id}`)),
      ),
    );
    for (const name of this.#jobs.names()) if (!jobs.has(name)) this.#jobs.end(name);
  }
}
