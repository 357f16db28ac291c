import { Container } from "../../../programs/container.ts";
import type { ContainerHost } from "../../../programs/container.ts";
import { endAll } from "../../../programs/end-all.ts";
import type { Clock } from "../../../clock.ts";
import { terminationOf } from "../deployments/rollout.ts";
import { appendLog } from "../logs.ts";
import type { Deployment, Instance } from "../model.ts";
import { livenessOf, readinessOf } from "./checks.ts";
import { listeningPorts } from "./ports.ts";
import type { Work, Workplace } from "./workplace.ts";

/** An instance with its deployment. */
interface Placed {
  readonly deployment: Deployment;
  readonly instance: Instance;
}

/** A container with its instance. */
interface Running {
  readonly container: Container;
  readonly instance: Instance;
  /** Seconds from SIGTERM to SIGKILL on the platform. */
  readonly grace: number;
}

/** The containers that run, by the names of their instances. */
export class Containers {
  readonly #running = new Map<string, Running>();
  readonly #workplace: Workplace;
  readonly #clock: Clock;
  readonly #host: Omit<ContainerHost, "keeper">;

  constructor(workplace: Workplace, clock: Clock, host: Omit<ContainerHost, "keeper">) {
    this.#workplace = workplace;
    this.#clock = clock;
    this.#host = host;
  }

  /** The container of an instance. */
  get(instance: string): Container | undefined {
    return this.#running.get(instance)?.container;
  }

  /** All that run. */
  all(): Running[] {
    return [...this.#running.values()];
  }

  /** Starts the container of an instance. What becomes of it is written into the instance. */
  start({ deployment, instance }: Placed, work: Work): void {
    const { component, spec } = work;
    const [readiness, liveness] = [readinessOf(component), livenessOf(component)];
    const { grace } = terminationOf(spec, instance.component);
    const container = new Container(
      {
        ports: listeningPorts(component),
        process: (ports) => this.#workplace.planOf(work, ports),
        ...(readiness ? { readiness } : {}),
        ...(liveness ? { liveness } : {}),
        grace,
      },
      { ...this.#host, keeper: this.#workplace.keeper },
      {
        onReady: (isReady) => {
          if (isReady) instance.answers = this.#clock.now().getTime();
          else delete instance.answers;
        },
        onLine: (line, _output, run) => {
          const at = this.#clock.now().toISOString();
          const deploying = deployment.stage !== "over";
          const by = { instance: instance.name, run, deploying };
          appendLog(deployment, { at, component: instance.component, type: "RUN", line, by });
        },
        onRestart: () => {
          instance.restarts?.push(this.#clock.now().getTime());
        },
      },
    );
    this.#running.set(instance.name, { container, instance, grace });
    void container.ended.then(() => {
      this.#over(instance);
    });
  }

  /** Ends all of them: those that have not ended after some milliseconds are killed. */
  async close(milliseconds: number): Promise<void> {
    await endAll(
      this.all().map(({ container }) => container),
      milliseconds,
    );
  }

  #over(instance: Instance): void {
    const now = this.#clock.now().getTime();
    this.#running.delete(instance.name);
    this.#workplace.clear(instance.name);
    instance.terminated = Math.min(instance.terminated ?? now, now);
    instance.killed = Math.min(instance.killed ?? now, now);
  }
}
