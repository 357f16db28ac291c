/** Why a request's signature is not accepted. Each service has its own name and status for each. */
export type SignatureFailureReason =
  | "malformed"
  | "unsupported"
  | "wrong-scope"
  | "unknown-key"
  | "session-token"
  | "skewed"
  | "expired"
  | "unsigned-header"
  | "mismatch"
  | "payload-mismatch"
  | "incomplete-body";

/** A signature that is not accepted; the message says why and never holds a secret. */
export class SignatureFailure extends Error {
  override readonly name = "SignatureFailure";
  readonly reason: SignatureFailureReason;

  constructor(reason: SignatureFailureReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
