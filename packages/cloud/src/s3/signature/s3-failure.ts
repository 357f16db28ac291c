import { S3Error, type S3ErrorCode } from "../errors.ts";
import type { SignatureFailure, SignatureFailureReason } from "./failure.ts";

const codes: Readonly<Record<SignatureFailureReason, S3ErrorCode>> = {
  malformed: "AuthorizationHeaderMalformed",
  unsupported: "InvalidRequest",
  "wrong-scope": "AuthorizationHeaderMalformed",
  "unknown-key": "InvalidAccessKeyId",
  "session-token": "InvalidToken",
  skewed: "RequestTimeTooSkewed",
  expired: "AccessDenied",
  "unsigned-header": "AccessDenied",
  mismatch: "SignatureDoesNotMatch",
  "payload-mismatch": "XAmzContentSHA256Mismatch",
  "incomplete-body": "IncompleteBody",
};

/** Reasons whose own words say more than S3's usual ones. */
const speaking = new Set<SignatureFailureReason>([
  "malformed",
  "unsupported",
  "wrong-scope",
  "expired",
  "unsigned-header",
  "incomplete-body",
]);

/**
 * A refused signature in S3's words.
 *
 * @param isPresigned S3 calls what is wrong with a presigned URL something else than with a header.
 */
export function s3SignatureError(
  { reason, message }: SignatureFailure,
  isPresigned: boolean,
): S3Error {
  const code = codes[reason];
  const isHeaderError = code === "AuthorizationHeaderMalformed";
  return new S3Error(
    isPresigned && isHeaderError ? "AuthorizationQueryParametersError" : code,
    speaking.has(reason) ? { message } : {},
  );
}
