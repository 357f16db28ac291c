import { EnvironmentError } from "./environment.ts";

/** A service that runs. */
export interface Running {
  /** Ends it: what was begun is finished or given back. Called once. */
  close(): Promise<void>;
  /** Where it says why it ends before it was told to. */
  readonly log: EndLog;
}

/** Of a logger only what an end needs: those of pino and of fastify differ. */
interface EndLog {
  fatal(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const endSignals = ["SIGTERM", "SIGINT"] as const;

/**
 * Runs a service until it is told to end: exit code 0 after SIGTERM or SIGINT when everything was finished, 1 when it
 * could not start or end or when nobody caught an error, 2 when its environment cannot be used.
 *
 * What it could not start by is told on standard error. Once it runs, the last line of its log says why it ends: a trace of
 * several lines is none that a log service can find.
 */
export async function runService(start: () => Promise<Running>): Promise<void> {
  try {
    const { close, log } = await startWithLog(start);
    await toldToEnd();
    await close().catch((error: unknown) => {
      process.exitCode = 1;
      log(error);
    });
    process.exitCode ??= 0;
  } catch (error) {
    process.exitCode = error instanceof EnvironmentError ? 2 : 1;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

async function startWithLog(start: () => Promise<Running>) {
  const running = await start();
  const log = (error: unknown) => {
    running.log.fatal({ err: error }, "the service ends");
  };
  // Node ends the process by itself, with exit code 1, also for a promise that failed and that nobody waited for.
  process.on("uncaughtExceptionMonitor", log);
  return { close: () => running.close(), log };
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of endSignals)
      process.once(signal, () => {
        resolve();
      });
  });
}
