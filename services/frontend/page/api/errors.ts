/** The API refused a request. Its message is made for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** The API's own word for what is wrong, such as `too-large`. */
  readonly code: string;
  /** Seconds that the API asks to wait, where it does. */
  readonly retryAfterSeconds: number | undefined;
  /** What belongs to it beside code and message, such as the largest size of a file. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    {
      retryAfterSeconds,
      details = {},
    }: { retryAfterSeconds?: number | undefined; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
    this.details = details;
  }
}

/** No answer came: the network, or the way to the API, is broken. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(cause?: unknown) {
    super("The service cannot be reached.", { cause });
  }
}

/** Nobody is signed in any more: the session has ended, here or in another tab. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";

  constructor() {
    super("Your session has ended.");
  }
}

/** Whether the same request may succeed later. */
export const isTransient = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof ApiError &&
    (error.status >= 500 || error.status === 429 || error.status === 408));

/** An error in words for a person. */
export function wordsOf(error: unknown): string {
  if (error instanceof ApiError && error.status === 429) return "Too many requests just now.";
  return error instanceof Error ? error.message : String(error);
}
