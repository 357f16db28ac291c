import { clockAdvice, connectionFailure } from "./connection-failure.ts";
import { inBetween } from "./damage.ts";

/** Codes of a signature that is refused because of the time in it (S3 and STS; Wasabi and Spaces answer the first). */
const skewed = new Set(["RequestTimeTooSkewed", "RequestExpired", "InvalidSignatureTime"]);

/** What platforms said, by the error that says more now. */
const words = new WeakMap<Error, string>();

/** What the platform itself said, without the call, the status and the advice around it. */
export function wordsOf(error: Error): string {
  return words.get(error) ?? error.message;
}

/**
 * Makes what a client of an S3-compatible service throws say which call it was, what is wrong, and what to do. Its code
 * and its status stay what they are.
 *
 * @param call `Wasabi IAM: GetUser`.
 */
export function explained(error: unknown, call: string, endpoint: string): unknown {
  if (!(error instanceof Error)) return error;
  if (!words.has(error)) words.set(error, error.message);
  const status = errorStatus(error);
  const failure = status === undefined ? connectionFailure(error) : undefined;
  if (failure) {
    return new Error(`${call} at ${endpoint}: no answer: ${failure.reason}`, { cause: error });
  }
  if (error.message.includes("Deserialization error")) {
    error.message = `${call} at ${endpoint}: an answer that is not the platform's: ${inBetween}`;
  } else if (status !== undefined) {
    error.message = `${call}: ${status} ${said(error)}`;
  }
  return error;
}

function said(error: Error): string {
  const code = errorCode(error) ?? "";
  if (skewed.has(code)) {
    return `${code}: the clock of this machine says ${new Date().toISOString()}, which is too far from the platform's: ${clockAdvice}`;
  }
  // A HEAD is answered without a body, and the SDK then makes up both.
  return [code, error.message].filter((part) => part !== "" && part !== "UnknownError").join(": ");
}

/**
 * The code of an error that an S3-compatible service answered: `NoSuchBucket`, `NoSuchEntity`. The SDK's name for some
 * of them is another, `NoSuchEntityException`; an answer without a body has a name only.
 */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  return "Code" in error && typeof error.Code === "string" ? error.Code : error.name;
}

/** The HTTP status of an error that an S3-compatible service answered. */
export function errorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("$metadata" in error)) return undefined;
  const { $metadata: metadata } = error;
  if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) {
    return undefined;
  }
  return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}

/** What an S3-compatible service answers a question with; undefined where there is nothing of the kind. */
export async function ifPresent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (errorStatus(error) === 404) return undefined;
    throw error;
  }
}
