import { S3ServiceException } from "@aws-sdk/client-s3";
import { RequestError } from "@mam-services/common/errors";

/** What is asked for is not there, or not for this caller: the two are not told apart. */
export function notFound(what: string): RequestError {
  return new RequestError(404, "not-found", `There is no such ${what}.`);
}

/** What a failure means to a caller: 503 when something that the API needs is away, which is worth another try. */
export function translate(error: Error): Error {
  if (error instanceof RequestError || !isAway(error)) return error;
  return new RequestError(503, "unavailable", "The service is not available. Try again.", {
    cause: error,
  });
}

/** Codes of PostgreSQL for a server that goes, is full, or has cancelled; and of sockets. */
const awayCodes =
  /^(?:08|53|57)...$|^(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT|EAI_AGAIN)$/;

/** Words of pg and of SDKs for what has no code. */
const awayWords = /timeout|Connection terminated|socket hang up/i;

function isAway(error: Error): boolean {
  if (error instanceof S3ServiceException) return true;
  const { code = "" } = error as { readonly code?: unknown };
  const text = typeof code === "string" ? code : "";
  return !text.startsWith("FST_") && (awayCodes.test(text) || awayWords.test(error.message));
}
