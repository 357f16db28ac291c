import { join } from "node:path";

import { placeOf } from "../../operations/context/place.ts";
import { findRuns } from "../../operations/context/run-folder.ts";
import type { CommandResult, Commands, Strike } from "./commands.ts";

const checkout = join(import.meta.dirname, "../..");

/** `mam` as a person types it, about one environment, with exactly the environment variables that a rehearsal allows. */
export class Mam {
  readonly #name: string;
  readonly #commands: Commands;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #program: string;

  /** @param project whose `mam` it is; default: this checkout. */
  constructor(
    name: string,
    commands: Commands,
    environment: Readonly<Record<string, string>>,
    project = checkout,
  ) {
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

  /** The same, and something happens to it on the way. */
  async struck(strike: Strike, command: string, ...rest: string[]): Promise<CommandResult> {
    return this.#run(strike, command, rest);
  }

  /** Process numbers of the Terraform that runs for it at this moment. */
  runningTerraform(): number[] {
    return findRuns(placeOf("/", this.#environment)).flatMap(({ running }) =>
      running.map(({ pid }) => pid),
    );
  }

  async #run(strike: Strike | undefined, command: string, rest: readonly string[]) {
    const words = command.split(" ");
    const line = ["node", this.#program, ...words, this.#name, ...rest] as const;
    const name = `mam-${words.join("-")}`;
    return this.#commands.run(name, line, this.#environment, strike);
  }
}
