import type { Session } from "./contract.ts";
import { ApiError, SessionEnded, Unreachable } from "./errors.ts";

/** How a request differs from a plain GET. */
export interface RequestOptions {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Seconds before its end from which an access token is renewed: an answer must not be lost to a slow line. */
const renewBeforeSeconds = 20;

interface Token {
  readonly text: string;
  /** By the page's own monotonic clock, in milliseconds: the clocks of people's machines are wrong. */
  readonly renewAt: number;
}

/**
 * Speaks to the API. The access token lives in memory alone; the refresh token is a cookie that no script can read.
 */
export class ApiClient {
  readonly #base: string;
  readonly #onSession: (session: Session | undefined) => void;
  #token: Token | undefined;
  #renewal: Promise<void> | undefined;

  /**
   * @param base of the API on the page's own host, without a slash at its end: the session's cookie goes nowhere else.
   * @param onSession is told who is signed in, and undefined when nobody is any more.
   */
  constructor(base: string, onSession: (session: Session | undefined) => void) {
    this.#base = base;
    this.#onSession = onSession;
  }

  /**
   * Asks the API for something that needs a session, and renews it first where that is due.
   *
   * @throws ApiError when the API refuses, Unreachable when no answer came, SessionEnded when nobody is signed in.
   */
  async call<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
    if (this.#token === undefined || performance.now() >= this.#token.renewAt) await this.renew();
    try {
      return await this.#authorised<Answer>(path, options);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 401)) throw error;
    }
    await this.renew();
    return await this.#authorised<Answer>(path, options);
  }

  /** Signs in. @throws ApiError 401 when the address and the password do not belong together. */
  async signIn(email: string, password: string): Promise<void> {
    const body = { email, password };
    this.#begin(await this.#request<Session>("/session", { method: "POST", body }, {}));
  }

  /** Ends the session, here and at the API. */
  async signOut(): Promise<void> {
    await this.#authorised("/session", { method: "DELETE" });
    this.forget();
  }

  /** Forgets the session without asking the API: it has ended elsewhere. */
  forget(): void {
    this.#token = undefined;
    this.#onSession(undefined);
  }

  /** Renews the session by its cookie. Callers at the same time share one renewal: a token may be used once. */
  renew(): Promise<void> {
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(): Promise<void> {
    try {
      this.#begin(await this.#request<Session>("/session/refresh", { method: "POST" }, {}));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status >= 500 || error.status === 429) throw error;
      this.forget();
      throw new SessionEnded();
    }
  }

  #begin(session: Session): void {
    const life = Math.max(session.expiresIn - renewBeforeSeconds, session.expiresIn / 2);
    this.#token = { text: session.accessToken, renewAt: performance.now() + life * 1000 };
    this.#onSession(session);
  }

  async #authorised<Answer>(path: string, options: RequestOptions): Promise<Answer> {
    const headers = this.#token ? { authorization: `Bearer ${this.#token.text}` } : {};
    return await this.#request<Answer>(path, options, headers);
  }

  async #request<Answer>(
    path: string,
    { method = "GET", body, signal }: RequestOptions,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await reach(`${this.#base}${path}`, {
      method,
      credentials: "same-origin",
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    });
    if (!response.ok) throw await refusalOf(response);
    return (response.status === 204 ? undefined : await bodyOf(response)) as Answer;
  }
}

/** An answer that breaks off is no answer. */
async function bodyOf(response: Response): Promise<unknown> {
  return await response.json().catch((error: unknown) => {
    throw new Unreachable(error);
  });
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new Unreachable(error);
  }
}

interface ErrorBody {
  readonly error?: { readonly code?: string; readonly message?: string };
}

async function refusalOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  const { code = "unknown", message, ...details } = body.error ?? {};
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(
    response.status,
    code,
    message ?? `The service answered with ${response.status}.`,
    { details, retryAfterSeconds: Number.isFinite(seconds) ? seconds : undefined },
  );
}
