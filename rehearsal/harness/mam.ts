import { join } from "node:path";

import { placeOf } from "../../operations/context/place.ts";
import { findRuns } from "../../operations/context/run-folder.ts";
import type { CommandResult, Commands, GoingCommand, Strike } from "./commands.ts";

const checkout = join(import.meta.dirname, "../..");

/** `mam` as a person types it, about one environment, with exactly the environment variables that a rehearsal allows. */
export class Mam {
  readonly #name: string;
  readonly #commands: Commands;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #project: string;
  readonly #program: string;

  /** @param project whose `mam` it is; default: this checkout. */
  constructor(
    name: string,
    commands: Commands,
    environment: Readonly<Record<string, string>>,
    project = checkout,
  ) {
    this.#project = project;
    this.#program = join(project, "operations/mam.mjs");
    this.#name = name;
    this.#commands = commands;
    this.#environment = environment;
  }

  /**
   * Runs `mam <command> <environment> <rest>`.
   *
   * @param command one word, or two such as `secrets rotate`.
   */
  async run(command: string, ...rest: string[]): Promise<CommandResult> {
    return this.#run(undefined, command, rest);
  }

  /** The same `mam` of somebody who has further variables, or others. */
  withVariables(variables: Readonly<Record<string, string>>): Mam {
    const environment = { ...this.#environment, ...variables };
    return new Mam(this.#name, this.#commands, environment, this.#project);
  }

  /** The same, and something happens to it on the way. */
  async struck(strike: Strike, command: string, ...rest: string[]): Promise<CommandResult> {
    return this.#run(strike, command, rest);
  }

  /** Begins `mam <command> <environment> <rest>`, which goes on until it is told to end, see {@link Commands.begin}. */
  async begin(ready: RegExp, command: string, ...rest: string[]): Promise<GoingCommand> {
    const { name, line } = this.#lineOf(command, rest);
    return this.#commands.begin(name, line, this.#environment, ready);
  }

  /** Process numbers of the Terraform that runs for it at this moment. */
  runningTerraform(): number[] {
    return findRuns(placeOf("/", this.#environment)).flatMap(({ running }) =>
      running.map(({ pid }) => pid),
    );
  }

  async #run(strike: Strike | undefined, command: string, rest: readonly string[]) {
    const { name, line } = this.#lineOf(command, rest);
    return this.#commands.run(name, line, this.#environment, strike);
  }

  #lineOf(command: string, rest: readonly string[]) {
    const words = command.split(" ");
    const line = ["node", this.#program, ...words, this.#name, ...rest] as const;
    return { name: `mam-${words.join("-")}`, line };
  }
}
