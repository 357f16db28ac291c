import { Body } from "../../src/s3/bodies/body.ts";
import { Digests } from "../../src/s3/bodies/digests.ts";
import { announcedChecksums } from "../../src/s3/checksums.ts";
import { aclOperations } from "../../src/s3/operations/access-control-lists.ts";
import { batchDeleteOperations } from "../../src/s3/operations/batch-delete.ts";
import { bucketOperations, forceDeleteOperation } from "../../src/s3/operations/buckets.ts";
import { configurationOperations } from "../../src/s3/operations/configurations.ts";
import { copyOperations } from "../../src/s3/operations/copies.ts";
import { multipartOperations } from "../../src/s3/operations/multipart.ts";
import { objectListingOperations } from "../../src/s3/operations/object-listings.ts";
import { objectSettingOperations } from "../../src/s3/operations/object-settings.ts";
import { objectOperations } from "../../src/s3/operations/objects.ts";
import type { Permission, S3Answer, S3Host } from "../../src/s3/operations/operation.ts";
import { uploadListingOperations } from "../../src/s3/operations/upload-listings.ts";
import { checkHeaders, findOperation } from "../../src/s3/routing.ts";
import { readQuery, uriDecode } from "../../src/s3/signature/message.ts";
import { S3Error } from "../../src/s3/errors.ts";
import { type Bucket, createS3Store, requireBucket } from "../../src/s3/store.ts";

const operations = [
  ...bucketOperations,
  forceDeleteOperation,
  ...configurationOperations([
    "versioning",
    "policy",
    "cors",
    "lifecycle",
    "objectLock",
    "logging",
  ]),
  ...aclOperations,
  ...batchDeleteOperations,
  ...copyOperations,
  ...multipartOperations,
  ...objectListingOperations,
  ...objectOperations,
  ...objectSettingOperations,
  ...uploadListingOperations,
];

/** What a call sends beside its path. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** An answer in a form that tests compare. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** An S3 without HTTP and signatures: operations run as the server runs them, at a time that the test sets. */
export class TestS3 {
  readonly store = createS3Store();
  readonly host: S3Host;
  /** Virtual time of the next call. */
  now = new Date("2026-01-01T12:00:00Z");
  /** Decides the permissions that an operation asks for by itself. */
  may: (permission: Permission) => boolean = () => true;

  constructor(overrides: Partial<S3Host> = {}) {
    this.host = {
      store: this.store,
      region: "us-east-1",
      ownerId: "100000000001",
      ignoresConditions: false,
      maxBuckets: 3,
      hasLocation: (constraint) => constraint === undefined,
      corsMethods: ["GET", "PUT"],
      defaultCors: undefined,
      isNameTaken: (name) => name === "taken-by-others",
      checkBucketPolicy: () => undefined,
      ...overrides,
    };
  }

  /** Calls an operation as `"PUT /bucket/key?versionId=1"`. Copies, which read their source, are {@link copy}. */
  call(line: string, sent: Sent = {}): Answer {
    const answer = this.#run(line, sent);
    if (answer instanceof Promise) throw new Error(`${line} answers later: use copy().`);
    return asRead(answer);
  }

  /** Calls an operation that reads what is stored. */
  async copy(line: string, sent: Sent = {}): Promise<Answer> {
    return asRead(await this.#run(line, sent));
  }

  #run(line: string, sent: Sent): S3Answer | Promise<S3Answer> {
    const request = { ...readLine(line), ...readSent(sent), now: this.now };
    const operation = findOperation({ operations, refusals: new Map() }, request);
    checkHeaders(operation, request);
    return operation.run({ request, host: this.host, may: this.may });
  }

  /** The code of the error that a call ends with; `undefined` if it succeeds. */
  errorOf(line: string, sent?: Sent): string | undefined {
    try {
      this.call(line, sent);
      return undefined;
    } catch (error) {
      if (error instanceof S3Error) return error.code;
      throw error;
    }
  }

  /** The same for a copy. */
  async errorOfCopy(line: string, sent?: Sent): Promise<string | undefined> {
    try {
      await this.copy(line, sent);
      return undefined;
    } catch (error) {
      if (error instanceof S3Error) return error.code;
      throw error;
    }
  }

  /** Lets virtual time pass. */
  pass(days: number): void {
    this.now = new Date(this.now.getTime() + days * 24 * 60 * 60 * 1000);
  }

  /** A bucket, made if it is not there. */
  bucket(name: string, versioning?: Bucket["versioning"]): Bucket {
    if (!this.store.buckets.has(name)) this.call(`PUT /${name}`);
    const bucket = requireBucket(this.store, name);
    bucket.versioning = versioning ?? bucket.versioning;
    return bucket;
  }
}

function asRead(answer: S3Answer): Answer {
  return { status: 200, headers: {}, ...answer, text: answer.body?.toString() ?? "" };
}

function readLine(line: string) {
  const [, method = "", bucket = "", key = "", query = ""] =
    /^([A-Z]+) \/([^/?]*)\/?([^?]*)\??(.*)$/s.exec(line) ?? [];
  return { method, bucket, key: uriDecode(key), query: new Map(readQuery(query)) };
}

function readSent({ headers = {}, body = "" }: Sent) {
  return { headers, ...received(body, headers) };
}

/** A body as an operation gets it, with the digests that its headers announce. */
export function received(
  content: string | Buffer = "",
  headers: NonNullable<Sent["headers"]> = {},
) {
  const bytes = Buffer.from(content);
  return { body: Body.of(bytes), digests: Digests.of(bytes, announcedChecksums(headers)) };
}

/** The texts of all elements of that name, in order. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g"))].map(
    ([, text = ""]) => text,
  );
}
