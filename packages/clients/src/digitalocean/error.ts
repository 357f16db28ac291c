/** What is known about a failed call. */
export interface FailedCall {
  readonly method: string;
  readonly path: string;
  /** HTTP status; absent when there was no answer. */
  readonly status?: number;
  /** The API's word for what is wrong: `not_found`, `unprocessable_entity`. */
  readonly id?: string;
  readonly requestId?: string;
  /** How often the call was made. */
  readonly attempts: number;
}

function sentence(call: FailedCall, message: string): string {
  const answered = call.status === undefined ? "no answer:" : String(call.status);
  const id = call.id === undefined ? "" : `${call.id}: `;
  const request = call.requestId === undefined ? "" : ` (request ${call.requestId})`;
  const tries = call.attempts > 1 ? `; gave up after ${call.attempts} attempts` : "";
  return `${call.method} ${call.path}: ${answered} ${id}${message}${request}${tries}`;
}

/**
 * A call that the DigitalOcean API refused, or that got no usable answer.
 *
 * Its message names what an engineer needs to find the call again, and never the token or a body.
 */
export class DigitalOceanError extends Error {
  override name = "DigitalOceanError";
  readonly call: FailedCall;
  /** What the API said, or why there was no answer, without the call. */
  readonly reason: string;

  constructor(call: FailedCall, reason: string, options?: ErrorOptions) {
    super(sentence(call, reason), options);
    this.call = call;
    this.reason = reason;
  }
}

/** The HTTP status with which a call was refused; undefined for any other error. */
export function refusedWith(error: unknown): number | undefined {
  return error instanceof DigitalOceanError ? error.call.status : undefined;
}
