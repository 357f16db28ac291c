import type { Clock } from "../../../clock.ts";
import type { LocalNames } from "../../../door/local-names.ts";
import { realDurations } from "../../../programs/scale.ts";
import type { Store } from "../../store.ts";
import { ProgramIngress } from "../traffic/program-ingress.ts";
import { TrafficLog } from "../traffic/traffic-log.ts";
import type { ConsoleCommand, ConsoleResult } from "./console.ts";
import { ProgramRuntime } from "./runtime.ts";
import type { ProgramContext } from "./settings.ts";

/** The second runtime of App Platform: what runs images that are programs, and the way to them. */
export class Programs {
  readonly ingress: ProgramIngress;
  readonly names: LocalNames;
  readonly traffic = new TrafficLog();
  readonly #begin: () => ProgramRuntime;
  #runtime: ProgramRuntime | undefined;

  constructor(store: Store, clock: Clock, context: ProgramContext) {
    const seconds = context.settings.requestSeconds ?? realDurations.request.seconds;
    this.names = context.names;
    this.#begin = () => new ProgramRuntime(store, clock, context);
    this.ingress = new ProgramIngress({
      store,
      clock,
      names: context.names,
      log: this.traffic,
      limit: seconds * 1000,
      portOf: (instance, port) => this.#runtime?.portOf(instance, port),
    });
  }

  /** Begins to run programs: an account without any has no runtime. */
  begin(): ProgramRuntime {
    this.#runtime ??= this.#begin();
    return this.#runtime;
  }

  /** The first process of an instance, see {@link ProgramRuntime.pidOf}. */
  pidOf(instance: string): number | undefined {
    return this.#runtime?.pidOf(instance);
  }

  /** Runs a command as App Platform's console does, see {@link ProgramRuntime.runIn}. */
  async runIn(command: ConsoleCommand): Promise<ConsoleResult> {
    return this.begin().runIn(command);
  }

  /** Kills a process of a component, see {@link ProgramRuntime.crash}. */
  crash(appName: string, component: string): string {
    return this.begin().crash(appName, component);
  }

  /** Takes every instance of a component away, see {@link ProgramRuntime.halt}. */
  halt(appName: string, component: string): () => void {
    return this.begin().halt(appName, component);
  }

  /** Ends all programs. */
  async close(): Promise<void> {
    this.ingress.close();
    const runtime = this.#runtime;
    this.#runtime = undefined;
    await runtime?.close();
  }
}
