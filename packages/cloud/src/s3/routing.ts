import { S3Error, type S3ErrorCode } from "./errors.ts";
import type { Operation, S3Request } from "./operations/operation.ts";
import { conditionalHeaders } from "./preconditions.ts";

/** How a platform answers for something of S3 that it does not have. */
export interface Refusal {
  readonly code: S3ErrorCode;
  readonly message?: string;
}

/** What a platform can do, and what it is known to refuse. */
export interface OperationTable {
  readonly operations: readonly Operation[];
  /** Refusals by sub-resource, or by method and sub-resource as in `PUT replication`. */
  readonly refusals: ReadonlyMap<string, Refusal>;
}

/**
 * A call that is not known here, down to the parameter or header. It is answered like something that the platform does
 * not have, and it fails the rehearsal: nothing is silently ignored.
 */
export class UnknownCallError extends S3Error {
  constructor(message: string) {
    super("NotImplemented", { message });
  }
}

/** The parts of a request by which its operation is recognised. */
export type RoutedCall = Pick<S3Request, "method" | "bucket" | "key" | "query" | "headers">;

/**
 * The operation that a request asks for.
 *
 * @throws UnknownCallError if there is none; S3Error if it is one that the platform refuses.
 */
export function findOperation(
  { operations, refusals }: OperationTable,
  call: RoutedCall,
): Operation {
  refuseKnown(refusals, call);
  const [best] = operations
    .filter((operation) => fits(operation, call))
    .sort((first, second) => requirements(second) - requirements(first));
  if (!best) throw new UnknownCallError(`${describe(call)} is not an operation known here.`);
  const unknown = [...call.query.keys()].filter((name) => !understands(best, name));
  if (unknown.length > 0) {
    throw new UnknownCallError(
      `${describe(call)}: ${best.name} does not know the query parameter ${unknown.join(", ")}.`,
    );
  }
  return best;
}

function levelOf({ bucket, key }: RoutedCall): Operation["level"] {
  if (bucket === "") return "service";
  return key === "" ? "bucket" : "object";
}

function fits(operation: Operation, call: RoutedCall): boolean {
  const { selectors = [], selectingHeader } = operation;
  return (
    operation.method === call.method &&
    operation.level === levelOf(call) &&
    selectors.every((name) => call.query.has(name)) &&
    (selectingHeader === undefined || call.headers[selectingHeader] !== undefined)
  );
}

function requirements({ selectors = [], selectingHeader }: Operation): number {
  return selectors.length + (selectingHeader === undefined ? 0 : 1);
}

function understands({ selectors = [], parameters = [] }: Operation, name: string): boolean {
  // `x-id` names the operation for the reader of a log. The others are the signature, or headers in the query, which
  // `checkHeaders` judges.
  return selectors.includes(name) || parameters.includes(name) || /^(x-id$|x-amz-)/i.test(name);
}

function refuseKnown(refusals: OperationTable["refusals"], call: RoutedCall): void {
  if (call.key !== "") return;
  for (const name of call.query.keys()) {
    const refusal = refusals.get(`${call.method} ${name}`) ?? refusals.get(name);
    if (refusal) {
      throw new S3Error(
        refusal.code,
        refusal.message === undefined ? {} : { message: refusal.message },
      );
    }
  }
}

function describe({ method, bucket, key, query }: RoutedCall): string {
  const path = `/${[bucket, key].filter((part) => part !== "").join("/")}`;
  const parameters = [...query.keys()].filter((name) => !/^x-amz-/i.test(name)).join("&");
  return `${method} ${path}${parameters === "" ? "" : `?${parameters}`}`;
}

/** Headers that any request may have: the signature, the body's checksums, who sends it. */
const universalHeaders =
  /^x-amz-(date|content-sha256|decoded-content-length|trailer|security-token|user-agent|expected-bucket-owner|sdk-checksum-algorithm|checksum-(algorithm|crc32|crc32c|sha1|sha256))$/;

/** Headers that change what a request means, and so must be understood. */
const isMeaningful = (name: string) =>
  name.startsWith("x-amz-") ||
  name === "range" ||
  conditionalHeaders.some((conditional) => conditional === name);

/** Refuses headers that an operation does not understand. @throws UnknownCallError */
export function checkHeaders(operation: Operation, { headers }: Pick<S3Request, "headers">): void {
  const { headers: known = [], selectingHeader } = operation;
  const storesMetadata = known.includes("x-amz-tagging");
  const unknown = Object.keys(headers).filter(
    (name) =>
      isMeaningful(name) &&
      !universalHeaders.test(name) &&
      !known.includes(name) &&
      name !== selectingHeader &&
      !(storesMetadata && name.startsWith("x-amz-meta-")),
  );
  if (unknown.length === 0) return;
  throw new UnknownCallError(`${operation.name} does not know the header ${unknown.join(", ")}.`);
}
