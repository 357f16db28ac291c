import { z } from "zod";

import { type XmlValue, writeXml } from "../../s3/xml.ts";
import type { Account, KeyOwner } from "../account.ts";

/** Status of each error of the query services (IAM and STS API references, common errors). */
const statuses = {
  AccessDenied: 403,
  DeleteConflict: 409,
  EntityAlreadyExists: 409,
  IncompleteSignature: 400,
  InvalidAction: 400,
  InvalidClientTokenId: 403,
  InvalidInput: 400,
  LimitExceeded: 409,
  MalformedPolicyDocument: 400,
  MissingAuthenticationToken: 403,
  NoSuchEntity: 404,
  NotImplemented: 501,
  ServiceFailure: 500,
  SignatureDoesNotMatch: 403,
  ValidationError: 400,
} as const;

/** Code of an error of IAM or STS. */
export type QueryErrorCode = keyof typeof statuses;

/** A refusal in the words of IAM and STS. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  readonly code: QueryErrorCode;
  readonly status: number;
  /** Whether it is about something that is not known here, which fails the rehearsal. */
  readonly isUnknown: boolean;

  constructor(code: QueryErrorCode, message: string, isUnknown = false) {
    super(message);
    this.code = code;
    this.status = statuses[code];
    this.isUnknown = isUnknown;
  }
}

/** A call of an action, with what it runs on. */
export interface QueryCall {
  readonly account: Account;
  readonly caller: KeyOwner;
  /** Virtual time. */
  readonly now: Date;
}

type Parameters = Readonly<Record<string, string>>;

/** An action of IAM or STS. */
export interface QueryAction {
  readonly name: string;
  /** ARN that the caller must be allowed the action on; `undefined` for what everybody may do. */
  readonly resource: (parameters: Parameters, call: QueryCall) => string | undefined;
  /** Content of the result element; `undefined` for an action without a result. */
  readonly run: (parameters: Parameters, call: QueryCall) => XmlValue;
}

/** An action whose parameters have a checked shape. */
interface TypedAction<T extends z.ZodRawShape> {
  readonly name: string;
  readonly parameters: T;
  readonly resource: (parameters: z.output<z.ZodObject<T>>, call: QueryCall) => string | undefined;
  readonly run: (parameters: z.output<z.ZodObject<T>>, call: QueryCall) => XmlValue;
}

/** Defines an action; parameters that it does not name are refused by name when it is called. */
export function action<const T extends z.ZodRawShape>(definition: TypedAction<T>): QueryAction {
  const schema = z.strictObject(definition.parameters);
  const parse = (parameters: Parameters): z.output<z.ZodObject<T>> => {
    const parsed = schema.safeParse(parameters);
    if (parsed.success) return parsed.data;
    const unknown = parsed.error.issues.find(({ code }) => code === "unrecognized_keys");
    throw new QueryError(
      unknown ? "NotImplemented" : "ValidationError",
      `${definition.name}: ${z.prettifyError(parsed.error).replace(/\s*\n\s*/g, " ")}`,
      unknown !== undefined,
    );
  };
  return {
    name: definition.name,
    resource: (parameters, call) => definition.resource(parse(parameters), call),
    run: (parameters, call) => definition.run(parse(parameters), call),
  };
}

/** Names of users, groups and policies. */
export const entityName = z.string().regex(/^[\w+=,.@-]{1,128}$/);

/** Path of a user, group or policy; default `/`. */
export const entityPath = z
  .string()
  .regex(/^\/([\x21-\x7e]+\/)?$/)
  .default("/");

/** Parameters of every listing. */
export const paging = {
  Marker: z.string().exactOptional(),
  MaxItems: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .exactOptional(),
};

/** Items on a page where the request does not say (IAM API reference). */
const defaultMaxItems = 100;

/**
 * A page of a listing.
 *
 * @param element name of the element that holds the items.
 */
export function page<T>(
  items: readonly T[],
  element: string,
  show: (item: T) => XmlValue,
  { Marker, MaxItems }: { readonly Marker?: string; readonly MaxItems?: string },
): Readonly<Record<string, XmlValue>> {
  const from = Marker === undefined ? 0 : Number(Marker);
  if (!Number.isInteger(from) || from < 0 || from > items.length) {
    throw new QueryError("ValidationError", "Invalid Marker.");
  }
  const to = from + Number(MaxItems ?? defaultMaxItems);
  const isTruncated = to < items.length;
  return {
    [element]: { member: items.slice(from, to).map(show) },
    IsTruncated: isTruncated,
    Marker: isTruncated ? String(to) : undefined,
  };
}

/** The body of an answer. */
export function resultXml(
  namespace: string,
  name: string,
  result: XmlValue,
  requestId: string,
): string {
  return writeXml(
    `${name}Response`,
    {
      ...(result !== undefined && { [`${name}Result`]: result }),
      ResponseMetadata: { RequestId: requestId },
    },
    namespace,
  );
}

/** The body of an error. */
export function queryErrorXml(
  namespace: string,
  { code, message }: { readonly code: string; readonly message: string },
  requestId: string,
): string {
  return writeXml(
    "ErrorResponse",
    { Error: { Type: "Sender", Code: code, Message: message }, RequestId: requestId },
    namespace,
  );
}
