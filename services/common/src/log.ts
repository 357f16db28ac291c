import { type Logger, pino } from "pino";

/** Who writes the lines, in every line. */
export interface LogIdentity {
  /** Name of the component: frontend, api, worker, edge. */
  readonly service: string;
  readonly environment: string;
  /** Digest of the image that runs. */
  readonly release: string;
  readonly level: string;
}

/**
 * Makes the logger of a service. A line is one JSON object on standard output, as docs/logs.md describes: the log
 * service indexes its fields without a parser of ours.
 */
export function createLogger({ service, environment, release, level }: LogIdentity): Logger {
  return pino({
    level,
    base: { service, environment, release },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    messageKey: "msg",
    serializers: { err: serializeError },
    redact: ["req.headers", "headers", "password", "token", "url"],
  });
}

/** What docs/logs.md says of an error: clients add requests, addresses and keys to theirs. */
function serializeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { type: name, message, stack };
}
