import type { ListrDefaultRendererLogLevels } from "listr2";

/** Says what goes on, in a few words. */
export type Tell = (progress: string) => void;

/** One thing that a command does, with what it is called while it goes on. */
export interface Step<T> {
  readonly title: string;
  readonly run: (tell: Tell) => Promise<T>;
}

/** Shows what a command is doing. Progress is on standard error, so that standard output stays the result. */
export interface Progress {
  /** Does one thing. */
  step<T>(title: string, run: Step<T>["run"]): Promise<T>;
  /** Does several things side by side and waits for all of them, whatever becomes of each. */
  together<T>(steps: readonly Step<T>[]): Promise<PromiseSettledResult<T>[]>;
}

/** Progress as plain lines, for logs: when something begins, and what it tells. */
export function plainProgress(tell: Tell): Progress {
  return progressBy((steps) =>
    Promise.allSettled(
      steps.map(async ({ title, run }) => {
        tell(title);
        return run((progress) => {
          tell(`  ${title}: ${progress}`);
        });
      }),
    ),
  );
}

/** Progress as live lines on a terminal. */
export function terminalProgress(terminal: NodeJS.WriteStream): Progress {
  return progressBy(async <T>(steps: readonly Step<T>[]) => {
    const results: Promise<T>[] = [];
    const tasks = steps.map(({ title, run }, index) => ({
      title,
      task: (_: unknown, task: { output: string }) => {
        const running = run((progress) => {
          task.output = progress;
        });
        results[index] = running;
        return running.then(() => undefined);
      },
    }));
    // Loaded here, because most runs are in CI, where there is no terminal.
    const { Listr, ListrLogger, ProcessOutput } = await import("listr2");
    const logger = new ListrLogger<ListrDefaultRendererLogLevels>({
      processOutput: new ProcessOutput(terminal, terminal),
    });
    await new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      // Its own listener ends the process on Ctrl-C, and with it the wait for a Terraform that is finishing.
      registerSignalListeners: false,
      rendererOptions: { logger, showErrorMessage: false },
    }).run();
    return Promise.allSettled(results);
  });
}

/** Progress as fits where it is shown. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (stream.isTTY) return terminalProgress(stream);
  return plainProgress((progress) => stream.write(`${progress}\n`));
}

function progressBy(together: Progress["together"]): Progress {
  return {
    together,
    step: async (title, run) => {
      const [result] = await together([{ title, run }]);
      if (!result) throw new Error(`${title} came to nothing`);
      if (result.status === "rejected") throw result.reason;
      return result.value;
    },
  };
}
