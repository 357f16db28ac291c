import { join } from "node:path";

import type { CommandResult, Commands } from "./commands.ts";

const program = join(import.meta.dirname, "../../operations/mam.mjs");

/** `mam` as a person types it, about one environment, with exactly the environment variables that a rehearsal allows. */
export class Mam {
  readonly #name: string;
  readonly #commands: Commands;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(name: string, commands: Commands, environment: Readonly<Record<string, string>>) {
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

  /** The same, and sends it SIGTERM after a time, in milliseconds, unless it has ended by then. */
  async terminate(after: number, command: string, ...rest: string[]): Promise<CommandResult> {
    return this.#run(after, command, rest);
  }

  async #run(terminateAfter: number | undefined, command: string, rest: readonly string[]) {
    const words = command.split(" ");
    const line = ["node", program, ...words, this.#name, ...rest] as const;
    const name = `mam-${words.join("-")}`;
    return this.#commands.run(name, line, this.#environment, terminateAfter);
  }
}
