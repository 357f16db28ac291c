import type { S3ClientConfig } from "@aws-sdk/client-s3";

import { explained } from "./aws-error.ts";
import type { WayOut } from "./proxy/way-out.ts";
import { type CallTimeout, withTimeout } from "./call-timeout.ts";
import { DEFAULT_RETRIES, type RetrySettings, type Sleep } from "./retry.ts";

/** A pair of keys of an S3-compatible service. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a client of an S3-compatible service is made of. Nothing is read from the environment. */
export interface AwsOptions extends CallTimeout {
  /** Address of the service, `https://s3.eu-central-2.wasabisys.com`. */
  readonly endpoint: string;
  /** The region that requests are signed for. */
  readonly region: string;
  readonly credentials: AccessKey;
  /** The way out of this network; directly without it. */
  readonly way?: WayOut;
  /** Names the caller in the platform's logs. */
  readonly userAgent: string;
  /** How to wait between attempts, in seconds. A rehearsal passes its virtual clock's. */
  readonly sleep: Sleep;
  /** @defaultValue {@link DEFAULT_RETRIES} */
  readonly retry?: RetrySettings;
  /** Is told every answer, as an object: there may be secrets in it that no text may repeat. */
  readonly hear?: (said: unknown) => void;
}

type RetryStrategy = Extract<
  NonNullable<S3ClientConfig["retryStrategy"]>,
  { acquireInitialRetryToken: unknown }
>;

/**
 * The server faults that AWS's own SDKs try again. 501 is not among them: an S3-compatible service
 * answers it for what it does not have (aws-sdk-go-v2, aws/retry, DefaultRetryableHTTPStatusCodes).
 */
const RETRYABLE = new Set([429, 500, 502, 503, 504]);

/** Longest wait for a connection, and for an answer to one request, in milliseconds; by default the SDK waits for ever. */
const requestTimeouts = {
  connectionTimeout: 10_000,
  requestTimeout: 60_000,
  socketTimeout: 60_000,
};

function retryStrategy(
  settings: RetrySettings,
  { sleep, interruption }: Pick<AwsOptions, "sleep" | "interruption">,
): RetryStrategy {
  const token = (count: number) => ({ getRetryCount: () => count, getRetryDelay: () => 0 });
  return {
    acquireInitialRetryToken: () => Promise.resolve(token(0)),
    refreshRetryTokenForRetry: async (previous, { error, errorType }) => {
      const count = previous.getRetryCount();
      const status = error?.$metadata?.httpStatusCode;
      const again = status === undefined ? errorType === "TRANSIENT" : RETRYABLE.has(status);
      if (!again || count >= settings.retries || interruption?.aborted)
        throw new Error("no further attempt");
      // Waiting here and not by the token's delay lets a rehearsal wait on its virtual clock.
      const seconds = Math.min(settings.leastWaitSeconds * 2 ** count, settings.mostWaitSeconds);
      await sleep(seconds, interruption);
      return token(count + 1);
    },
    recordSuccess: () => undefined,
  };
}

/**
 * The settings that every client of an S3-compatible service shares.
 *
 * Checksums only where an operation demands one: stores other than AWS's reject or ignore the
 * default CRC32 (aws-sdk-js-v3 issue 6810).
 */
export function sharedConfig(options: AwsOptions) {
  const httpsAgent = options.way?.agent();
  return {
    endpoint: options.endpoint,
    region: options.region,
    credentials: options.credentials,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      ...requestTimeouts,
      throwOnRequestTimeout: true,
      ...(httpsAgent ? { httpsAgent } : {}),
    },
    retryStrategy: retryStrategy(options.retry ?? DEFAULT_RETRIES, options),
  } as const;
}

interface Middleware {
  add(
    handler: (
      next: (args: { request: unknown }) => Promise<{ readonly output: unknown }>,
      context: { readonly commandName?: string },
    ) => (args: { request: unknown }) => Promise<{ readonly output: unknown }>,
    options: { step: "finalizeRequest" | "initialize"; name: string; priority: "high" },
  ): void;
}

function isHttpRequest(request: unknown): request is { headers: Record<string, string> } {
  return typeof request === "object" && request !== null && "headers" in request;
}

/**
 * Makes a client name its caller first in User-Agent. The SDK would put itself first, so that a
 * platform's logs would show the SDK instead of who used it.
 */
export function nameCaller<Client extends { middlewareStack: unknown }>(
  client: Client,
  userAgent: string,
): Client {
  // Each client types its middleware by its own commands; a header is the same for all of them.
  const stack = client.middlewareStack as Middleware;
  stack.add(
    (next) => (args) => {
      if (isHttpRequest(args.request)) args.request.headers["user-agent"] = userAgent;
      return next(args);
    },
    { step: "finalizeRequest", name: "nameCaller", priority: "high" },
  );
  return client;
}

/**
 * Makes a client wait as long as a person would, for all attempts of a call together, and name the call when it fails.
 *
 * @param platform what the service is called where it does not answer: `Wasabi IAM`.
 */
export function withTimeouts<Client extends { middlewareStack: unknown }>(
  client: Client,
  platform: string,
  options: AwsOptions,
): Client {
  const stack = client.middlewareStack as Middleware;
  stack.add(
    (next, { commandName = "a call" }) =>
      (args) => {
        const call = `${platform}: ${commandName.replace(/Command$/, "")}`;
        return withTimeout(call, options, () => next(args)).catch((error: unknown) => {
          throw explained(error, call, options.endpoint);
        });
      },
    { step: "initialize", name: "waitingPatiently", priority: "high" },
  );
  return client;
}

/** Reports every answer that a client gets. */
export function lettingHear<Client extends { middlewareStack: unknown }>(
  client: Client,
  hear: AwsOptions["hear"],
): Client {
  if (!hear) return client;
  const stack = client.middlewareStack as Middleware;
  stack.add(
    (next) => async (args) => {
      const answer = await next(args);
      hear(answer.output);
      return answer;
    },
    { step: "initialize", name: "lettingHear", priority: "high" },
  );
  return client;
}
