import { type CloudContext, createPlatformServer, listenOnLoopback } from "../platform-server.ts";
import { dumpStore, generatedIds } from "../s3/dump.ts";
import { errorXml } from "../s3/errors.ts";
import { aclOperations } from "../s3/operations/access-control-lists.ts";
import { batchDeleteOperations } from "../s3/operations/batch-delete.ts";
import { bucketOperations } from "../s3/operations/buckets.ts";
import { configurationOperations } from "../s3/operations/configurations.ts";
import { copyOperations } from "../s3/operations/copies.ts";
import { multipartOperations } from "../s3/operations/multipart.ts";
import { objectListingOperations } from "../s3/operations/object-listings.ts";
import { objectOperations } from "../s3/operations/objects.ts";
import type { Operation, S3Host } from "../s3/operations/operation.ts";
import { uploadListingOperations } from "../s3/operations/upload-listings.ts";
import { type S3Service, serveS3 } from "../s3/service.ts";
import { type S3Store, createStore, newBucket } from "../s3/store.ts";

/** A Spaces access key with full access. */
interface SpacesKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
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
  /** Calls that are not known here, in order. A rehearsal with any has failed. */
  readonly findings: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Bytes of the largest request body; a state of this size would be remarkable. */
const bodyLimit = 64 * 1024 * 1024;

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
 * Starts Spaces on loopback: the S3 in which Terraform's states and locks are kept. Every key may do everything; what
 * matters here is what the state backend relies on, conditional writes and versions above all.
 */
export async function startSpaces(context: CloudContext, seed: SpacesSeed): Promise<Spaces> {
  const store = createStore();
  for (const name of seed.buckets) {
    const bucket = newBucket(name, context.clock.now(), false);
    bucket.versioning = "Enabled";
    store.buckets.set(name, bucket);
  }
  const findings: string[] = [];
  const server = createPlatformServer("spaces", context, {
    dump: () => dumpStore(store),
    errorBody: (status, message) => ({
      contentType: "application/xml",
      body: errorXml({ code: status === 429 ? "SlowDown" : "InternalError", message }, "/", ""),
    }),
    generated: generatedIds,
    bodyLimit,
  });
  serveS3(server, spacesService(context, seed, store, findings));
  const url = await listenOnLoopback(server);
  return { url, store, findings: () => [...findings], close: () => server.close() };
}

function spacesService(
  { clock }: CloudContext,
  seed: SpacesSeed,
  store: S3Store,
  findings: string[],
): S3Service {
  const secrets = new Map(
    seed.accessKeys.map(({ accessKeyId, secretAccessKey }) => [accessKeyId, secretAccessKey]),
  );
  return {
    host: spacesHost(seed, store),
    operations,
    refusals: new Map(),
    clock,
    verifier: {
      service: "s3",
      // The vendor's guide signs for us-east-1 wherever the bucket is.
      region: undefined,
      secretOf: (accessKeyId) => secrets.get(accessKeyId),
      now: seed.signatureTime ?? (() => new Date()),
    },
    acceptsTrailers: true,
    authorise: (sender) => () =>
      sender === undefined ? { allowed: false, reason: "Access Denied" } : { allowed: true },
    onFinding(finding) {
      findings.push(finding);
    },
  };
}

function spacesHost(
  { region = "nyc3", ignoresConditions = false }: SpacesSeed,
  store: S3Store,
): S3Host {
  return {
    store,
    region,
    ownerId: "1000000",
    ignoresConditions,
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
