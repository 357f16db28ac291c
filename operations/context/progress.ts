import type { ListrDefaultRendererLogLevels } from "listr2";

/** Says what goes on, in a few words. */
export type Tell = (progress: string) => void;

/** One thing that a command does, with what it is called while it goes on. */
export interface Step<T> {
  readonly title: string;
  /**
   * Does it.
   *
   * @param tell says what a log has to keep.
   * @param show says what only somebody who watches wants to see: it is replaced by the next, and no log has it.
   */
  readonly run: (tell: Tell, show: Tell) => Promise<T>;
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
        const detail = (progress: string) => {
          tell(`  ${title}: ${progress}`);
        };
        return run(detail, () => undefined);
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
        const show = (progress: string) => {
          task.output = progress;
        };
        const running = run(show, show);
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
