import { type CloudContext, createPlatformServer, listenOnLoopback } from "../platform-server.ts";
import { Spool } from "../s3/bodies/spool.ts";
import { dumpS3Store, generatedS3Ids } from "../s3/dump.ts";
import { errorXml } from "../s3/errors.ts";
import { aclOperations } from "../s3/operations/access-control-lists.ts";
import { batchDeleteOperations } from "../s3/operations/batch-delete.ts";
import { bucketOperations } from "../s3/operations/buckets.ts";
import { configurationOperations } from "../s3/operations/configurations.ts";
import { copyOperations } from "../s3/operations/copies.ts";
import { multipartOperations } from "../s3/operations/multipart.ts";
import { objectListingOperations } from "../s3/operations/object-listings.ts";
import { objectOperations } from "../s3/operations/objects.ts";
import type { Operation, Permission, S3Host } from "../s3/operations/operation.ts";
import { uploadListingOperations } from "../s3/operations/upload-listings.ts";
import { type S3Service, serveS3 } from "../s3/service.ts";
import { type S3Store, createS3Store, newBucket } from "../s3/store.ts";

/** A Spaces access key. */
interface SpacesKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What it may do in every bucket; default: everything. */
  readonly permission?: "full" | "read";
}

/** What may change while Spaces runs. */
interface SpacesAccount {
  /** Keys that are taken. */
  readonly accessKeys: SpacesKey[];
  /** See {@link SpacesSeed.ignoresConditions}. */
  ignoresConditions: boolean;
  /**
   * What anybody may do without a key, by bucket: listing by the canned list `public-read`, reading by a bucket policy, which
   * cannot be written here.
   */
  readonly anybodyMay: Map<string, ReadonlySet<string>>;
}

/** What stands in Spaces when a rehearsal begins. */
export interface SpacesSeed {
  readonly accessKeys: readonly SpacesKey[];
  /** Names of buckets; they keep versions, as the bucket of a state should. */
  readonly buckets: readonly string[];
  /** Datacentre; default `nyc3`. */
  readonly region?: string;
  /**
   * Plays a store that takes a conditional write for a plain one; default false. Terraform's lock then locks nothing,
   * and nothing says so.
   */
  readonly ignoresConditions?: boolean;
  /** Time against which signatures are judged; default: the wall clock, because clients sign by theirs. */
  readonly signatureTime?: () => Date;
}

/** Spaces, running. */
export interface Spaces {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  readonly store: S3Store;
  readonly account: SpacesAccount;
  /** Calls that are not known here, in order. A rehearsal with any has failed. */
  readonly findings: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Buckets that an account can have (docs.digitalocean.com/products/spaces/details/limits). */
const maxBuckets = 100;

const operations: readonly Operation[] = [
  ...bucketOperations,
  ...configurationOperations(["versioning", "cors", "lifecycle"]),
  ...aclOperations,
  ...objectOperations,
  ...copyOperations,
  ...batchDeleteOperations,
  ...multipartOperations,
  ...objectListingOperations,
  ...uploadListingOperations,
];

/**
 * Starts Spaces on loopback: the S3 in which Terraform's states and locks are kept. What matters here is what the state
 * backend relies on, conditional writes and versions above all.
 */
export async function startSpaces(
  context: CloudContext,
  seed: SpacesSeed,
  port?: number,
): Promise<Spaces> {
  const store = createS3Store();
  for (const name of seed.buckets) {
    const bucket = newBucket(name, context.clock.now(), false);
    bucket.versioning = "Enabled";
    store.buckets.set(name, bucket);
  }
  const account: SpacesAccount = {
    accessKeys: [...seed.accessKeys],
    ignoresConditions: seed.ignoresConditions ?? false,
    anybodyMay: new Map(),
  };
  const findings: string[] = [];
  const server = createPlatformServer("spaces", context, {
    dump: () => dumpS3Store(store),
    errorBody: (status, message) => ({
      contentType: "application/xml",
      body: errorXml({ code: status === 429 ? "SlowDown" : "InternalError", message }, "/", ""),
    }),
    generated: generatedS3Ids,
  });
  serveS3(server, spacesService(context, seed, { account, store, findings }));
  const listening = await listenOnLoopback(server, port);
  return { ...listening, store, account, findings: () => [...findings] };
}

/** What stands in Spaces, and what was asked of it in vain. */
interface Standing {
  readonly account: SpacesAccount;
  readonly store: S3Store;
  readonly findings: string[];
}

function spacesService(
  { clock }: CloudContext,
  seed: SpacesSeed,
  { account, store, findings }: Standing,
): S3Service {
  const keyOf = (id: string | undefined) =>
    account.accessKeys.find(({ accessKeyId }) => accessKeyId === id);
  return {
    host: spacesHost(seed, account, store),
    operations,
    refusals: new Map(),
    clock,
    spool: new Spool(),
    verifier: {
      service: "s3",
      // The vendor's guide signs for us-east-1 wherever the bucket is.
      region: undefined,
      secretOf: (accessKeyId) => keyOf(accessKeyId)?.secretAccessKey,
      now: seed.signatureTime ?? (() => new Date()),
    },
    acceptsTrailers: true,
    authorise: (sender) => {
      const key = keyOf(sender);
      const isAllowed = ({ action, bucket }: Permission) =>
        key
          ? key.permission !== "read" || isRead(action)
          : account.anybodyMay.get(bucket)?.has(action);
      return (permission) =>
        isAllowed(permission) ? { allowed: true } : { allowed: false, reason: "Access Denied" };
    },
    onFinding(finding) {
      findings.push(finding);
    },
  };
}

/** Whether a permission changes nothing, such as `s3:GetObject`. */
const isRead = (action: string) => /^s3:(Get|List|Head)/.test(action);

function spacesHost(
  { region = "nyc3" }: SpacesSeed,
  account: SpacesAccount,
  store: S3Store,
): S3Host {
  return {
    store,
    region,
    ownerId: "1000000",
    get ignoresConditions() {
      return account.ignoresConditions;
    },
    anybodyMay: account.anybodyMay,
    maxBuckets,
    hasLocation: (constraint) => constraint === undefined || constraint === region,
    corsMethods: ["GET", "HEAD", "PUT", "POST", "DELETE"],
    defaultCors: undefined,
    isNameTaken: () => false,
    checkBucketPolicy() {
      throw new Error("Spaces has no bucket policies here.");
    },
  };
}
