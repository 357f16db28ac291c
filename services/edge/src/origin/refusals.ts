import { RequestError } from "@mam-services/common/errors";

/**
 * Names of errors that say that there is no object. The edge's key may not list the bucket, so storage does not tell it
 * whether an object exists: a missing one is refused as if it were forbidden.
 */
const missing = new Set(["NoSuchKey", "NotFound", "AccessDenied"]);

/** Whether an error of the SDK says that there is no such object. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && missing.has(error.name);

/** What a viewer is told about an error of storage. */
export function refusalOf(error: unknown, isTooLate: boolean): Error {
  if (error instanceof RequestError) return error;
  if (isMissing(error)) return new RequestError(404, "no-object", "There is no such object.");
  const [status, code, words] = isTooLate
    ? ([504, "storage-slow", "Storage did not answer in time."] as const)
    : ([502, "storage-unavailable", "Storage cannot be used."] as const);
  return new RequestError(status, code, words, { cause: error });
}
