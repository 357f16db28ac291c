import { S3Error } from "../errors.ts";
import { compareNames, listPage } from "../listing.ts";
import { type Bucket, type ObjectVersion, requireBucket } from "../store.ts";
import { currentObject } from "../versions.ts";
import type { XmlValue } from "../xml.ts";
import {
  type ListingQuery,
  commonElements,
  commonParameters,
  listingQuery,
} from "./listing-query.ts";
import { type Call, type Operation, type S3Answer, requires, xmlAnswer } from "./operation.ts";

function currentObjects(bucket: Bucket): ObjectVersion[] {
  return [...bucket.objects.keys()]
    .sort(compareNames)
    .flatMap((key) => currentObject(bucket, key) ?? []);
}

function objectEntry(
  { key, createdAt, etag, body }: ObjectVersion,
  encode: ListingQuery["encode"],
) {
  return {
    Key: encode(key),
    LastModified: createdAt.toISOString(),
    ETag: `"${etag}"`,
    Size: body.length,
    StorageClass: "STANDARD",
  };
}

function listObjectsV2(call: Call): S3Answer {
  const { request, host } = call;
  if (request.query.get("list-type") !== "2") {
    throw new S3Error("InvalidArgument", { message: "list-type must be 2" });
  }
  const bucket = requireBucket(host.store, request.bucket);
  const query = listingQuery(request, "max-keys");
  const token = request.query.get("continuation-token");
  const startAfter = request.query.get("start-after");
  const after = token === undefined ? (startAfter ?? "") : readToken(token);
  const page = listPage(currentObjects(bucket), ({ key }) => key, { ...query, after });
  const owner = request.query.get("fetch-owner") === "true" ? { Owner: { ID: host.ownerId } } : {};
  return xmlAnswer("ListBucketResult", {
    Name: bucket.name,
    ...commonElements(call, query, page),
    MaxKeys: query.maxKeys,
    KeyCount: page.items.length + page.commonPrefixes.length,
    ContinuationToken: token,
    NextContinuationToken: page.next && Buffer.from(page.next.name).toString("base64url"),
    StartAfter: startAfter === undefined ? undefined : query.encode(startAfter),
    Contents: page.items.map((item) => ({ ...objectEntry(item, query.encode), ...owner })),
  });
}

function readToken(token: string): string {
  const name = Buffer.from(token, "base64url").toString("utf8");
  if (Buffer.from(name).toString("base64url") === token && name !== "") return name;
  throw new S3Error("InvalidArgument", {
    message: "The continuation token provided is incorrect",
  });
}

function listObjects(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  const query = listingQuery(request, "max-keys");
  const after = request.query.get("marker") ?? "";
  const page = listPage(currentObjects(bucket), ({ key }) => key, { ...query, after });
  return xmlAnswer("ListBucketResult", {
    Name: bucket.name,
    ...commonElements(call, query, page),
    Marker: query.encode(after),
    MaxKeys: query.maxKeys,
    NextMarker: query.delimiter === "" ? undefined : page.next && query.encode(page.next.name),
    Contents: page.items.map((item) => ({
      ...objectEntry(item, query.encode),
      Owner: { ID: host.ownerId },
    })),
  });
}

function listVersions(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  const query = listingQuery(request, "max-keys");
  const keyMarker = request.query.get("key-marker") ?? "";
  const versionMarker = request.query.get("version-id-marker");
  const all = [...bucket.objects.keys()]
    .sort(compareNames)
    .flatMap((key) => bucket.objects.get(key) ?? []);
  const marked = all.findIndex(
    ({ key, versionId }) => key === keyMarker && versionId === versionMarker,
  );
  const items = marked < 0 ? all : all.slice(marked + 1);
  const after = marked < 0 ? keyMarker : "";
  const page = listPage(items, ({ key }) => key, { ...query, after });
  const entries = (markers: boolean) =>
    page.items
      .filter(({ isDeleteMarker }) => isDeleteMarker === markers)
      .map((version) => versionEntry(version, query, host.ownerId));
  return xmlAnswer("ListVersionsResult", {
    Name: bucket.name,
    ...commonElements(call, query, page),
    KeyMarker: query.encode(keyMarker),
    VersionIdMarker: versionMarker,
    MaxKeys: query.maxKeys,
    NextKeyMarker: page.next && query.encode(page.next.name),
    NextVersionIdMarker: page.next?.item?.versionId,
    Version: entries(false),
    DeleteMarker: entries(true),
  });
}

function versionEntry(version: ObjectVersion, { encode }: ListingQuery, ownerId: string): XmlValue {
  const { key, versionId, isDeleteMarker, noncurrentSince, createdAt } = version;
  return {
    ...(isDeleteMarker
      ? { Key: encode(key), LastModified: createdAt.toISOString() }
      : objectEntry(version, encode)),
    VersionId: versionId,
    IsLatest: noncurrentSince === undefined,
    Owner: { ID: ownerId },
  };
}

const listing = { method: "GET", level: "bucket" } as const;

/** Operations that list the objects of a bucket. */
export const objectListingOperations: readonly Operation[] = [
  {
    ...listing,
    name: "ListObjectsV2",
    selectors: ["list-type"],
    parameters: [
      ...commonParameters,
      "max-keys",
      "continuation-token",
      "start-after",
      "fetch-owner",
    ],
    permissions: requires("s3:ListBucket"),
    run: listObjectsV2,
  },
  {
    ...listing,
    name: "ListObjects",
    parameters: [...commonParameters, "max-keys", "marker"],
    permissions: requires("s3:ListBucket"),
    run: listObjects,
  },
  {
    ...listing,
    name: "ListObjectVersions",
    selectors: ["versions"],
    parameters: [...commonParameters, "max-keys", "key-marker", "version-id-marker"],
    permissions: requires("s3:ListBucketVersions"),
    run: listVersions,
  },
];
