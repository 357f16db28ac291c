import type { z } from "zod";

import { Body } from "../bodies/body.ts";
import type { Digests } from "../bodies/digests.ts";
import type { CorsRule } from "../cors.ts";
import { S3Error } from "../errors.ts";
import type { S3Store } from "../store.ts";
import { type XmlValue, XmlError, readXml, writeXml } from "../xml.ts";

/** A request whose sender is known and whose body has not come. */
export interface AskedRequest {
  readonly method: string;
  /** Name of the bucket; empty for the service itself. */
  readonly bucket: string;
  /** Key of the object; empty for the bucket itself. */
  readonly key: string;
  readonly query: ReadonlyMap<string, string>;
  /** By lower-case name; headers that a presigned URL carries in its query are here too. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Virtual time. */
  readonly now: Date;
}

/** The same with its body, unwrapped. */
export interface S3Request extends AskedRequest {
  readonly body: Body;
  /** Digests of the body: MD5, and those of the checksums that were sent with it. */
  readonly digests: Digests;
}

/** What a request needs to be allowed. */
export interface Permission {
  /** Such as `s3:GetObject`. */
  readonly action: string;
  /** Bucket that it is about; `*` for the account. */
  readonly bucket: string;
  /** Key that it is about; absent where it is about the bucket. */
  readonly key?: string;
}

/** What the platforms that speak S3 decide each for itself. */
export interface S3Host {
  readonly store: S3Store;
  readonly region: string;
  readonly ownerId: string;
  /** Whether conditional writes are taken for plain ones, as some S3 stores do. */
  readonly ignoresConditions: boolean;
  readonly maxBuckets: number;
  /** Whether a bucket can be created with that location constraint; `undefined` is a request without one. */
  readonly hasLocation: (constraint: string | undefined) => boolean;
  /** HTTP methods that a CORS rule may allow. */
  readonly corsMethods: readonly string[];
  /** What applies to a bucket without a CORS configuration. */
  readonly defaultCors: readonly CorsRule[] | undefined;
  /** Whether another account has a bucket of that name. */
  readonly isNameTaken: (name: string) => boolean;
  /**
   * What anybody may do, by bucket, without a key: actions such as `s3:ListBucket`. Undefined where the platform lets nobody be
   * given anything.
   */
  readonly anybodyMay?: Map<string, ReadonlySet<string>>;
  /** @throws S3Error `MalformedPolicy` if the platform refuses the policy for that bucket. */
  readonly checkBucketPolicy: (bucket: string, text: string) => void;
}

/** A request together with what it runs on. */
export interface Call {
  readonly request: S3Request;
  readonly host: S3Host;
  /** Whether the sender has a permission beyond those that the operation requires. */
  readonly may: (permission: Permission) => boolean;
}

/** An answer; status 200 unless it says otherwise. */
export interface S3Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body;
}

/** An operation of S3: how it is recognised, what it understands, what it requires and what it does. */
export interface Operation {
  /** S3's own name, such as `PutObject`. */
  readonly name: string;
  readonly method: string;
  readonly level: "service" | "bucket" | "object";
  /** Query parameters that make a request this operation; of several that fit, the one with most wins. */
  readonly selectors?: readonly string[];
  /** Header that makes a request this operation. */
  readonly selectingHeader?: string;
  /** Query parameters that it understands beside the selectors. Any other is refused by name. */
  readonly parameters?: readonly string[];
  /** `x-amz-` and conditional headers that it understands, beside those of every request. Any other is refused. */
  readonly headers?: readonly string[];
  /** What the sender must be allowed; empty for what each item of the request is asked for by itself. */
  readonly permissions: (request: AskedRequest) => readonly Permission[];
  /** Whether its body is that of an object, which may be large; others bring documents. */
  readonly takesObject?: boolean;
  readonly run: (call: Call) => S3Answer | Promise<S3Answer>;
}

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** An answer that is an XML document. */
export function xmlAnswer(
  root: string,
  content: XmlValue,
  headers: Readonly<Record<string, string>> = {},
): S3Answer {
  return {
    headers: { "content-type": "application/xml", ...headers },
    body: Body.of(Buffer.from(writeXml(root, content, namespace))),
  };
}

/** Reads the XML body of a request. @throws S3Error `MalformedXML`, with what is wrong and where */
export function readBody<T extends z.ZodType>(
  { body }: S3Request,
  root: string,
  schema: T,
): z.output<T> {
  try {
    return readXml(body.toString("utf8"), root, schema);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new S3Error("MalformedXML", { message: error.message });
  }
}

/** The permission that most operations require: one action on what the path names. */
export function requires(action: string): Operation["permissions"] {
  return ({ bucket, key }) => [{ action, bucket, ...(key !== "" && { key }) }];
}
