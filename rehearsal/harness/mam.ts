import { join } from "node:path";

import { placeOf } from "../../operations/context/place.ts";
import { findRuns } from "../../operations/context/run-folder.ts";
import type { CommandOptions, CommandResult, Commands, GoingCommand, Strike } from "./commands.ts";

const checkout = join(import.meta.dirname, "../..");

/** `mam` as a person types it, about one environment, with exactly the environment variables that a rehearsal allows. */
export class Mam {
  readonly #name: string;
  readonly #commands: Commands;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #project: string;
  readonly #program: string;
  readonly #directory: string | undefined;

  /**
   * @param project whose `mam` it is; default: this checkout.
   * @param directory where it is typed; default: where all commands are.
   */
  constructor(
    name: string,
    commands: Commands,
    environment: Readonly<Record<string, string>>,
    project = checkout,
    directory?: string,
  ) {
    this.#directory = directory;
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
    return this.#run(command, rest, {});
  }

  /** The same, and something is typed into it. */
  async typed(text: string, command: string, ...rest: string[]): Promise<CommandResult> {
    return this.#run(command, rest, { typed: text });
  }

  /** The same `mam` of somebody who has further variables, or others. */
  withVariables(variables: Readonly<Record<string, string>>): Mam {
    const environment = { ...this.#environment, ...variables };
    return new Mam(this.#name, this.#commands, environment, this.#project, this.#directory);
  }

  /** The `mam` of another project, typed there, about an environment of its files. */
  of(project: string, name = this.#name): Mam {
    return new Mam(name, this.#commands, this.#environment, project, project);
  }

  /** The same `mam`, about another environment. */
  about(name: string): Mam {
    return new Mam(name, this.#commands, this.#environment, this.#project);
  }

  /** The same, and something happens to it on the way. */
  async struck(strike: Strike, command: string, ...rest: string[]): Promise<CommandResult> {
    return this.#run(command, rest, { strike });
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

  async #run(command: string, rest: readonly string[], options: CommandOptions) {
    const { name, line } = this.#lineOf(command, rest);
    const where = this.#directory === undefined ? {} : { directory: this.#directory };
    return this.#commands.run(name, line, this.#environment, { ...options, ...where });
  }

  #lineOf(command: string, rest: readonly string[]) {
    const words = command.split(" ");
    const line = ["node", this.#program, ...words, this.#name, ...rest] as const;
    return { name: `mam-${words.join("-")}`, line };
  }
}
