import { compareNames, listPage } from "../listing.ts";
import { type MultipartUpload, requireBucket } from "../store.ts";
import { commonElements, commonParameters, listingQuery, pageSize } from "./listing-query.ts";
import { requireUpload } from "./multipart.ts";
import { type Call, type Operation, type S3Answer, requires, xmlAnswer } from "./operation.ts";

function listUploads(call: Call): S3Answer {
  const { request, host } = call;
  const bucket = requireBucket(host.store, request.bucket);
  const query = listingQuery(request, "max-uploads");
  const keyMarker = request.query.get("key-marker") ?? "";
  const idMarker = request.query.get("upload-id-marker");
  const all = [...bucket.uploads.values()].sort(compareUploads);
  const marked = all.findIndex(({ key, uploadId }) => key === keyMarker && uploadId === idMarker);
  const items = marked < 0 ? all : all.slice(marked + 1);
  const after = marked < 0 ? keyMarker : "";
  const page = listPage(items, ({ key }) => key, { ...query, after });
  return xmlAnswer("ListMultipartUploadsResult", {
    Bucket: bucket.name,
    ...commonElements(call, query, page),
    KeyMarker: query.encode(keyMarker),
    UploadIdMarker: idMarker,
    MaxUploads: query.maxKeys,
    NextKeyMarker: page.next && query.encode(page.next.name),
    NextUploadIdMarker: page.next?.item?.uploadId,
    Upload: page.items.map(({ key, uploadId, initiatedAt }) => ({
      Key: query.encode(key),
      UploadId: uploadId,
      Initiated: initiatedAt.toISOString(),
      StorageClass: "STANDARD",
      Owner: { ID: host.ownerId },
    })),
  });
}

function compareUploads(first: MultipartUpload, second: MultipartUpload): number {
  return (
    compareNames(first.key, second.key) ||
    first.initiatedAt.getTime() - second.initiatedAt.getTime()
  );
}

function listParts(call: Call): S3Answer {
  const { request } = call;
  const upload = requireUpload(call);
  const marker = Number(request.query.get("part-number-marker") ?? 0);
  const maxParts = pageSize(request.query.get("max-parts"), "max-parts");
  const rest = [...upload.parts]
    .filter(([number]) => number > marker)
    .sort(([first], [second]) => first - second);
  const page = rest.slice(0, maxParts);
  const isTruncated = page.length < rest.length;
  return xmlAnswer("ListPartsResult", {
    Bucket: request.bucket,
    Key: upload.key,
    UploadId: upload.uploadId,
    PartNumberMarker: marker,
    NextPartNumberMarker: isTruncated ? page.at(-1)?.[0] : undefined,
    MaxParts: maxParts,
    IsTruncated: isTruncated,
    StorageClass: "STANDARD",
    Part: page.map(([PartNumber, part]) => ({
      PartNumber,
      LastModified: part.uploadedAt.toISOString(),
      ETag: `"${part.etag}"`,
      Size: part.body.length,
    })),
  });
}

/** Operations that list uploads which are neither completed nor aborted, and their parts. */
export const uploadListingOperations: readonly Operation[] = [
  {
    name: "ListMultipartUploads",
    method: "GET",
    level: "bucket",
    selectors: ["uploads"],
    parameters: [...commonParameters, "max-uploads", "key-marker", "upload-id-marker"],
    permissions: requires("s3:ListBucketMultipartUploads"),
    run: listUploads,
  },
  {
    name: "ListParts",
    method: "GET",
    level: "object",
    selectors: ["uploadId"],
    parameters: ["max-parts", "part-number-marker"],
    permissions: requires("s3:ListMultipartUploadParts"),
    run: listParts,
  },
];
