import { spawn } from "node:child_process";

/** How a program is run. */
interface ProcessOptions {
  readonly directory: string;
  /** The whole environment: nothing of this process reaches it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hears both outputs, as they come. */
  readonly log?: (text: string) => void;
  /** Interrupts it, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** What is sent to its input; nothing can be read without it. */
  readonly input?: Buffer;
}

/** What became of a program. */
interface Ended {
  /** 1 for one that a signal ended. */
  readonly exitCode: number;
  readonly stdout: string;
}

/** Runs a program to its end. @throws Error when it cannot be started */
export function runProgram(
  program: string,
  line: readonly string[],
  { directory, environment, log = () => undefined, signal, input }: ProcessOptions,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, line, { cwd: directory, env: environment });
    const interrupt = () => child.kill("SIGINT");
    signal?.addEventListener("abort", interrupt);
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      log(text);
    });
    child.stderr.setEncoding("utf8").on("data", log);
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", interrupt);
      resolve({ exitCode: code ?? 1, stdout });
    });
    child.stdin.on("error", () => undefined).end(input);
    if (signal?.aborted) interrupt();
  });
}
