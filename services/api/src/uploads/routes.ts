import { randomUUID } from "node:crypto";

import { AbortMultipartUploadCommand, CreateMultipartUploadCommand } from "@aws-sdk/client-s3";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Pool } from "pg";
import { z } from "zod";

import type { AssetViews } from "../assets/view.ts";
import { RequestError } from "@mam-services/common/errors";
import { notFound } from "../http/refusals.ts";
import type { RateLimit } from "../http/limits.ts";
import { idOf, parse } from "../http/parse.ts";
import { callerOf } from "../sessions/authentication.ts";
import { isS3Error, listParts } from "../storage.ts";
import { type Staging, completeUpload, placeOf } from "./complete.ts";
import { contentTypeOf, safeFileName } from "./file.ts";
import { bytesOfPart, partBytesFor, partCount } from "./parts.ts";
import type { PartSigner } from "./presign.ts";
import { type Upload, findUpload, insertUpload, markAborted } from "./store.ts";

/** What the routes of uploads need. */
export interface UploadRoutes {
  readonly database: Pool;
  readonly staging: Staging;
  readonly views: AssetViews;
  readonly maximumBytes: number;
  readonly partBytes: number;
  readonly signPart: PartSigner;
  /** Life of the addresses, in seconds. */
  readonly urlSeconds: number;
  readonly presignLimit: RateLimit;
}

/**
 * Addresses in one request, at most. One request counts once against the presign limit, so the limit is about files and
 * not about parts: 500 GiB in parts of 64 MiB are 8000 parts and 80 requests. With the contract's 120 requests a minute
 * everybody behind one address gets 12 000 addresses a minute together, 750 GiB: no line is that fast.
 */
const addressesAtOnce = 100;

const newFile = z.strictObject({
  fileName: z.string().trim().min(1).max(255),
  size: z.number().int().min(1, "an empty file cannot be uploaded"),
});

/** Uploads: begun, signed, listed, completed and given up by the API; the bytes go to storage by themselves. */
export function uploadRoutes(server: FastifyInstance, options: UploadRoutes): void {
  const { database, staging, views } = options;
  const own = async (request: FastifyRequest) => {
    const upload = await findUpload(database, idOf(request.params), callerOf(request).userId);
    if (!upload) throw notFound("upload");
    return upload;
  };

  server.post("/api/uploads", async (request, reply) => {
    const file = parse(newFile, request.body);
    const upload = await beginUpload(options, callerOf(request).userId, file);
    return reply.status(201).send(publicUpload(upload));
  });

  server.get("/api/uploads/:id", async (request) => {
    const upload = await own(request);
    const parts = upload.status === "open" ? await partsOf(staging, upload) : [];
    const asset = upload.status === "completed" ? { assetId: upload.id } : {};
    return { ...publicUpload(upload), parts, ...asset };
  });

  server.post(
    "/api/uploads/:id/urls",
    { config: { rateLimit: options.presignLimit } },
    async (request) => {
      const { numbers } = parse(wanted, request.body);
      return {
        urls: await sign(options, await own(request), numbers),
        expiresIn: options.urlSeconds,
      };
    },
  );

  server.post("/api/uploads/:id/complete", async (request) => {
    const upload = await own(request);
    await completeUpload(database, staging, upload);
    return { asset: await views.find(upload.id) };
  });

  server.delete("/api/uploads/:id", async (request, reply) => {
    const upload = await own(request);
    if (!(await markAborted(database, upload.id)))
      throw new RequestError(
        409,
        "upload-completed",
        "The upload is complete: it is an asset now.",
      );
    const { bucket, key, storageId } = placeOf(staging, upload);
    await staging.uploader
      .send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: storageId }))
      .catch(unlessGone);
    return reply.status(204).send();
  });
}

const wanted = z.strictObject({
  numbers: z.array(z.number().int().min(1)).min(1).max(addressesAtOnce),
});

const publicUpload = (upload: Upload) => {
  const { id, status, fileName, size, partBytes } = upload;
  return { id, status, fileName, size, partBytes, parts: partCount(upload) };
};

async function beginUpload(
  { database, staging, maximumBytes, partBytes }: UploadRoutes,
  userId: string,
  { fileName, size }: z.output<typeof newFile>,
): Promise<Upload> {
  if (size > maximumBytes)
    throw new RequestError(413, "file-too-large", `The largest file is ${maximumBytes} bytes.`, {
      details: { maximumBytes },
    });
  const id = randomUUID();
  const key = `${id}/${safeFileName(fileName)}`;
  const contentType = contentTypeOf(fileName);
  const { UploadId: storageId = "" } = await staging.uploader.send(
    new CreateMultipartUploadCommand({
      Bucket: staging.bucket,
      Key: key,
      ContentType: contentType,
    }),
  );
  const cut = { size, partBytes: partBytesFor(size, partBytes) };
  const upload = { id, fileName, contentType, key, storageId, ...cut };
  await insertUpload(database, userId, upload);
  return { ...upload, status: "open" };
}

/** The parts that are there; none when storage has ended the upload, which Complete then explains. */
async function partsOf(staging: Staging, upload: Upload) {
  return (await listParts(staging.uploader, placeOf(staging, upload)).catch(unlessGone)) ?? [];
}

function unlessGone(error: unknown): undefined {
  if (!isS3Error(error, "NoSuchUpload")) throw error;
  return undefined;
}

async function sign(
  { staging, signPart }: UploadRoutes,
  upload: Upload,
  numbers: readonly number[],
): Promise<Record<string, string>> {
  if (upload.status !== "open")
    throw new RequestError(409, "upload-closed", `The upload is ${upload.status}.`);
  const count = partCount(upload);
  if (numbers.some((number) => number > count))
    throw new RequestError(400, "invalid-request", `numbers: the file has ${count} parts`);
  const place = placeOf(staging, upload);
  const signed = numbers.map(async (number) => {
    const url = await signPart({ ...place, number, bytes: bytesOfPart(upload, number) });
    return [number, url] as const;
  });
  return Object.fromEntries(await Promise.all(signed));
}
