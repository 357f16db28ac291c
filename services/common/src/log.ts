import { type Logger, pino } from "pino";

import { gatheredLines } from "./gathered-lines.ts";

/** The variables of every service that say who writes a line. */
export interface LogVariables {
  readonly MAM_ENVIRONMENT: string;
  /** Digest of the image that runs. */
  readonly RELEASE_DIGEST: string;
  readonly LOG_LEVEL: string;
}

/**
 * Makes the logger of a service. A line is one JSON object on standard output, as docs/logs.md describes: the log
 * service indexes its fields without a parser of ours.
 *
 * @param service name of the component: frontend, api, worker, edge.
 */
export function createLogger(service: string, variables: LogVariables): Logger {
  const { MAM_ENVIRONMENT: environment, RELEASE_DIGEST: release, LOG_LEVEL: level } = variables;
  const options = {
    level,
    base: { service, environment, release },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    messageKey: "msg",
    serializers: { err: serializeError },
    redact: ["req.headers", "headers", "password", "token", "url"],
  };
  return pino(options, gatheredLines());
}

/** What docs/logs.md says of an error: clients add requests, addresses and keys to theirs. */
function serializeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  return { type: name, message, stack };
}
