import type { FastifyInstance, FastifyRequest } from "fastify";

/** Something that a caller is told: its status, a code for programs and words for people. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** Status of HTTP. */
  readonly statusCode: number;
  /** For programs, in kebab case. */
  readonly code: string;
  /** What programs want to know besides, such as the parts that are missing; sent beside the code. */
  readonly details: Readonly<Record<string, unknown>>;

  /**
   * @param statusCode from 500 on the request counts as failed, and `options.cause` is logged with it.
   * @param message for people; it is sent as it is, so it holds nothing that is secret.
   */
  constructor(
    statusCode: number,
    code: string,
    message: string,
    options: ErrorOptions & { readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, options);
    this.statusCode = statusCode;
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Errors by their request, for the one line that says that it failed. */
const failures = new WeakMap<FastifyRequest, unknown>();

/** What a request failed with, if it did. */
export const failureOf = (request: FastifyRequest): unknown => failures.get(request);

/** What fastify and its plugins add to their errors. */
interface HttpError extends Error {
  readonly statusCode?: number;
  readonly code?: string;
}

/**
 * Answers every error as `{ "error": { "code", "message" } }`. The words of an error that is not a caller's fault are
 * logged and not sent: they may speak of what a caller must not know.
 *
 * @param translate says what a failure means to a caller, such as 503 for a database that is away; default nothing else.
 */
export function answerErrors(
  server: FastifyInstance,
  translate: (error: Error) => Error = (error) => error,
): void {
  server.setErrorHandler((thrown: Error, request, reply) => {
    const error: HttpError = translate(thrown);
    const status = error.statusCode ?? 500;
    if (status >= 500) failures.set(request, error.cause ?? error);
    const isTold = error instanceof RequestError || status < 500;
    return reply
      .code(status)
      .header("cache-control", "no-store")
      .send(isTold ? bodyOf(error) : body("internal", "The service failed."));
  });
  server.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .header("cache-control", "no-store")
      .send(body("not-found", "There is no such address.")),
  );
}

function bodyOf(error: HttpError) {
  const { code = "bad-request", message } = error;
  const details = error instanceof RequestError ? error.details : {};
  return body(code.startsWith("FST_") ? "bad-request" : code, message, details);
}

function body(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
  return { error: { code, message, ...details } };
}
