import { S3Error } from "./errors.ts";

/** How strict a retention is: GOVERNANCE can be lifted by whoever has the permission, COMPLIANCE by nobody. */
export type RetentionMode = "GOVERNANCE" | "COMPLIANCE";

/** Until when a version cannot be deleted. */
export interface Retention {
  readonly mode: RetentionMode;
  readonly until: Date;
}

/** What a bucket gives every new version that comes without a retention of its own. */
export interface DefaultRetention {
  readonly mode: RetentionMode;
  readonly unit: "Days" | "Years";
  readonly count: number;
}

/** What can protect a version from being deleted. */
export interface VersionLock {
  retention: Retention | undefined;
  hasLegalHold: boolean;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** The mode that a text names; Wasabi takes either case (docs.wasabi.com, object lock API). */
export function readMode(text: string): RetentionMode {
  const mode = text.toUpperCase();
  if (mode === "GOVERNANCE" || mode === "COMPLIANCE") return mode;
  throw new S3Error("InvalidArgument", { message: "Unknown wormMode directive." });
}

/** The point in time that a text names. @throws S3Error if it is none, or has passed. */
export function readUntil(text: string, now: Date): Date {
  const until = new Date(text);
  if (Number.isNaN(until.getTime())) {
    throw new S3Error("InvalidArgument", { message: "The retain until date must be ISO 8601." });
  }
  if (until <= now) {
    throw new S3Error("InvalidArgument", {
      message: "The retain until date must be in the future!",
    });
  }
  return until;
}

/** The retention that a bucket's default gives a version made now; a year counts 365 days. */
export function defaultRetention({ mode, unit, count }: DefaultRetention, now: Date): Retention {
  const days = unit === "Years" ? count * 365 : count;
  return { mode, until: new Date(now.getTime() + days * dayMilliseconds) };
}

/**
 * Refuses to delete a version that is locked.
 *
 * @param mayBypass whether the request asks to bypass GOVERNANCE and the caller has the permission to.
 */
export function assertDeletable(version: VersionLock, now: Date, mayBypass: boolean): void {
  if (version.hasLegalHold || isRetained(version, now, mayBypass)) throw lockedError();
}

/** Whether the retention of a version, leaving legal holds aside, still protects it. */
export function isRetained({ retention }: VersionLock, now: Date, mayBypass: boolean): boolean {
  if (!retention || retention.until <= now) return false;
  return retention.mode === "COMPLIANCE" || !mayBypass;
}

/** Replaces a version's retention: longer always, shorter or laxer only where the present one can be bypassed. */
export function changeRetention(
  version: VersionLock,
  wanted: Retention | undefined,
  now: Date,
  mayBypass: boolean,
): void {
  const { retention: present } = version;
  const isWeaker =
    !wanted ||
    (present !== undefined &&
      (wanted.until < present.until ||
        (present.mode === "COMPLIANCE" && wanted.mode === "GOVERNANCE")));
  if (isWeaker && isRetained(version, now, mayBypass)) throw lockedError();
  version.retention = wanted;
}

function lockedError(): S3Error {
  return new S3Error("AccessDenied", {
    message: "Access Denied because object protected by object lock.",
  });
}
