import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Keeper } from "../../../programs/keeper.ts";
import { networkOption } from "../../../programs/network/table.ts";
import { vpcEgressAddress } from "../deployments/jobs.ts";
import type { ProcessPlan } from "../../../programs/program-process.ts";
import type { Program } from "../../registry/model.ts";
import type { Store } from "../../store.ts";
import { environmentOf } from "../bindables.ts";
import type { App } from "../model.ts";
import type { AppSpec, RunningComponent } from "../spec/spec.ts";
import { AppNetwork, type FindPorts } from "./app-network.ts";
import { commandOf } from "./command.ts";
import { programEnvironment } from "./environment.ts";
import { componentPorts } from "./ports.ts";
import type { ProgramContext } from "./settings.ts";

/** What a process is started for. */
export interface Work {
  readonly app: App;
  /** The specification that it runs by. */
  readonly spec: AppSpec;
  readonly component: RunningComponent;
  readonly program: Program;
  /** Name of the folder that it has for itself. */
  readonly name: string;
}

/** What is there once something is run. */
interface Place {
  readonly directory: string;
  readonly keeper: Keeper;
  /** File of the authority that programs trust, if there is one. */
  readonly authority: string | undefined;
}

function openPlace(trustedAuthority: string | undefined): Place {
  const directory = mkdtempSync(join(tmpdir(), "mam-cloud-programs-"));
  const authority = trustedAuthority && join(directory, "authority.pem");
  if (authority) writeFileSync(authority, trustedAuthority);
  return { directory, keeper: new Keeper(directory), authority };
}

/** The folder, the networks and the keeper of all programs of an account: there are none before the first program. */
export class Workplace {
  readonly #store: Store;
  readonly #context: ProgramContext;
  readonly #networks = new Map<string, AppNetwork>();
  #opened: Place | undefined;

  constructor(store: Store, context: ProgramContext) {
    this.#store = store;
    this.#context = context;
  }

  /** Ends the processes when this one is gone. */
  get keeper(): Keeper {
    return this.#place().keeper;
  }

  /**
   * Prepares an app's network for what it is going to run.
   *
   * @param find where its components are reached.
   */
  async prepare({ id }: App, spec: AppSpec, find: FindPorts): Promise<void> {
    const network = this.#networks.get(id) ?? new AppNetwork(this.#place().directory, id, find);
    this.#networks.set(id, network);
    await network.include(componentPorts(spec), this.#privateAddresses());
  }

  /** Tells every app where the private hosts are now. */
  refresh(): void {
    const addresses = this.#privateAddresses();
    for (const network of this.#networks.values()) network.update(addresses);
  }

  /** The process that does some work. Its app's network has to be prepared. */
  planOf(
    { app, spec, component, program, name }: Work,
    ports: ReadonlyMap<number, number>,
  ): Omit<ProcessPlan, "onLine"> {
    const { names, settings } = this.#context;
    const { directory, authority } = this.#place();
    const home = join(directory, name);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    const variables = environmentOf(this.#store, app, spec, component.spec.name);
    return {
      command: commandOf(program, component.spec.run_command),
      directory: program.directory,
      environment: programEnvironment(variables, ports, {
        names,
        path: settings.path,
        home,
        authority,
        network: networkOption(this.#networkOf(app).file, this.#sourceOf(spec)),
      }),
    };
  }

  /** Removes what some work left. */
  clear(name: string): void {
    rmSync(join(this.#place().directory, name), { recursive: true, force: true });
  }

  /** Ends everything that is left, and removes the folder. */
  async close(): Promise<void> {
    await Promise.all([...this.#networks.values()].map((one) => one.close()));
    await this.#opened?.keeper.close();
  }

  #place(): Place {
    this.#opened ??= openPlace(this.#context.settings.trustedAuthority);
    return this.#opened;
  }

  #networkOf({ id }: App): AppNetwork {
    const network = this.#networks.get(id);
    if (!network) throw new Error(`The network of app ${id} is not prepared.`);
    return network;
  }

  #privateAddresses(): Readonly<Record<string, string>> {
    return this.#context.settings.privateAddresses?.() ?? {};
  }

  /** An app's address in its VPC as this machine has it: 10.a.b.c is 127.a.b.c. */
  #sourceOf(spec: AppSpec): string | undefined {
    return vpcEgressAddress(this.#store, spec)?.replace(/^\d+/, "127");
  }
}
