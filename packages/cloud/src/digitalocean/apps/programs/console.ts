import { ProgramProcess } from "../../../programs/program-process.ts";
import type { Work, Workplace } from "./workplace.ts";

/** A command that is run as in App Platform's console. */
export interface ConsoleCommand {
  /** Name of the app. */
  readonly app: string;
  readonly component: string;
  /** Run by a shell in the folder of the image's program. */
  readonly command: string;
  /** What it reads from standard input; default nothing. A secret belongs here, not into the command. */
  readonly input?: string | Buffer;
}

/** What came of it. */
export interface ConsoleResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Characters that are kept of each output. */
const mostOutput = 4 * 1024 * 1024;

/** The commands that run in consoles. */
export class Consoles {
  readonly #workplace: Workplace;
  readonly #running = new Set<ProgramProcess>();
  #count = 0;

  constructor(workplace: Workplace) {
    this.#workplace = workplace;
  }

  /**
   * Runs a command to its end, with the environment of an instance.
   *
   * @param ports those of that instance.
   */
  async run(
    work: Work,
    ports: ReadonlyMap<number, number>,
    { command, input }: ConsoleCommand,
  ): Promise<ConsoleResult> {
    const output = { stdout: "", stderr: "" };
    this.#count += 1;
    const name = `${work.name}-console-${this.#count}`;
    const process = new ProgramProcess(
      {
        ...this.#workplace.planOf({ ...work, name }, ports),
        command: ["/bin/sh", "-c", command],
        ...(input === undefined ? {} : { input }),
        onLine: (line, to) => {
          if (output[to].length < mostOutput) output[to] += `${line}\n`;
        },
      },
      this.#workplace.keeper,
    );
    this.#running.add(process);
    const { exitCode } = await process.ended;
    this.#running.delete(process);
    this.#workplace.clear(name);
    return { exitCode, ...output };
  }

  /** Kills what runs: a console ends with its connection. */
  async close(): Promise<void> {
    const all = [...this.#running];
    for (const one of all) one.kill();
    await Promise.all(all.map(({ ended }) => ended));
  }
}
