import type { FastifyInstance, FastifyRequest } from "fastify";

/** Something that a caller is told: its status, a code for programs and words for people. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  /** Status of HTTP. */
  readonly statusCode: number;
  /** For programs, in kebab case. */
  readonly code: string;

  /**
   * @param statusCode from 500 on the request counts as failed, and `options.cause` is logged with it.
   * @param message for people; it is sent as it is, so it holds nothing that is secret.
   */
  constructor(statusCode: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.statusCode = statusCode;
    this.code = code;
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
 */
export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error: HttpError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) failures.set(request, error.cause ?? error);
    const isTold = error instanceof RequestError || status < 500;
    return reply
      .code(status)
      .header("cache-control", "no-store")
      .send(isTold ? body(error.code, error.message) : body("internal", "The service failed."));
  });
  server.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .header("cache-control", "no-store")
      .send(body("not-found", "There is no such address.")),
  );
}

function body(code: string | undefined, message: string) {
  return {
    error: { code: code?.startsWith("FST_") ? "bad-request" : (code ?? "bad-request"), message },
  };
}
