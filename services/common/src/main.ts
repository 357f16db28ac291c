import type { Logger } from "pino";

import { EnvironmentError } from "./environment.ts";

/** A service that runs. */
export interface Running {
  /** Ends it: what was begun is finished or given back. Called once. */
  close(): Promise<void>;
}

const endSignals = ["SIGTERM", "SIGINT"] as const;

/**
 * Runs a service until it is told to end: exit code 0 after SIGTERM or SIGINT when everything was finished, 1 when it
 * could not start or end, 2 when its environment cannot be used.
 *
 * @param logger made before anything can fail; undefined when the environment is what failed.
 */
export async function runService(start: () => Promise<Running>, logger?: Logger): Promise<void> {
  try {
    const running = await start();
    await new Promise<void>((resolve) => {
      for (const signal of endSignals)
        process.once(signal, () => {
          resolve();
        });
    });
    await running.close();
    process.exitCode = 0;
  } catch (error) {
    process.exitCode = error instanceof EnvironmentError ? 2 : 1;
    report(error, logger);
  }
}

function report(error: unknown, logger?: Logger): void {
  if (logger) logger.fatal({ err: error }, "the service ends");
  else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
