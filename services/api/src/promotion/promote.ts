import type { S3Client } from "@aws-sdk/client-s3";
import type { Pool } from "pg";

import { type PartsPlace, inspectObject, isS3Error } from "../storage.ts";
import { type ListedPart, mostParts } from "../uploads/parts.ts";
import { beginMaster, copyParts, publishMaster } from "./copy.ts";
import {
  type Promotion,
  type Source,
  findSource,
  finishPromotion,
  noteCompleting,
  noteProgress,
  noteStorageId,
} from "./store.ts";

/** What a promotion works with. */
export interface PromotionTools {
  readonly database: Pool;
  /** Client with the key of the role `promoter`: reads staging, writes masters, reads no master. */
  readonly client: S3Client;
  readonly stagingBucket: string;
  readonly mastersBucket: string;
  /** Size of a copied part; default {@link copyPartBytes}. */
  readonly partBytes?: number;
}

/**
 * Size of a copied part: 512 MiB. Storage copies within itself, so parts may be large; each is a point to go on from.
 * S3 allows 5 GiB.
 */
const copyPartBytes = 512 * 1024 * 1024;

/** What cannot succeed however often it is tried, in words for people. */
export class PromotionRefused extends Error {
  override readonly name = "PromotionRefused";
}

/** Another instance has taken the promotion over. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Copies an upload from staging to masters, from wherever the last attempt stopped. Always in parts, small files too:
 * until the last call there is no master, and that call can succeed once, so however many instances try, a master is
 * written once and never over another one.
 *
 * @throws PromotionRefused, LeaseLost, or what storage says, which is worth another attempt.
 */
export async function promote(
  tools: PromotionTools,
  promotion: Promotion,
  signal: AbortSignal,
): Promise<void> {
  const found = await findSource(tools.database, promotion.assetId);
  if (!found) throw new PromotionRefused("The asset does not exist.");
  await checkSource(tools, found);
  const target = await targetOf(tools, promotion, found);
  const parts = await copyAll(tools, { source: found, target, signal }).catch((error: unknown) => {
    if (isS3Error(error, "NoSuchUpload") && promotion.completing) return undefined;
    throw error;
  });
  if (parts) await publish(tools, promotion, target, parts);
  else await settle(tools, promotion);
  await finishPromotion(tools.database, promotion);
}

/** The upload is still what was completed: staging deletes what lies there for days. */
async function checkSource(
  { client, stagingBucket }: PromotionTools,
  { key, size, stagingTag }: Source,
): Promise<void> {
  const source = await inspectObject(client, { bucket: stagingBucket, key });
  if (!source)
    throw new PromotionRefused("The upload is no longer in staging. Upload the file again.");
  if (source.size !== size || source.tag !== stagingTag)
    throw new PromotionRefused("The upload in staging has changed. Upload the file again.");
}

async function targetOf(
  { client, database, mastersBucket }: PromotionTools,
  promotion: Promotion,
  { key, contentType }: Source,
): Promise<PartsPlace> {
  const place = { bucket: mastersBucket, key };
  if (promotion.storageId !== null) return { ...place, storageId: promotion.storageId };
  const storageId = await beginMaster(client, place, contentType);
  held(await noteStorageId(database, promotion, storageId));
  return { ...place, storageId };
}

interface CopyTask {
  readonly source: Source;
  readonly target: PartsPlace;
  readonly signal: AbortSignal;
}

async function copyAll(
  { client, database, stagingBucket, partBytes = copyPartBytes }: PromotionTools,
  { source, target, signal }: CopyTask,
): Promise<ListedPart[]> {
  const { assetId, size, key, stagingTag } = source;
  return copyParts({
    size,
    partBytes: Math.max(partBytes, Math.ceil(size / mostParts)),
    client,
    source: { bucket: stagingBucket, key },
    sourceTag: stagingTag,
    target,
    signal,
    onProgress: (progress) => {
      // For the page alone: what is lost is said again by the next part.
      noteProgress(database, assetId, progress).catch(() => undefined);
    },
  });
}

async function publish(
  tools: PromotionTools,
  promotion: Promotion,
  target: PartsPlace,
  parts: readonly ListedPart[],
): Promise<void> {
  held(await noteCompleting(tools.database, promotion));
  try {
    await publishMaster(tools.client, target, parts);
  } catch (error) {
    if (!isS3Error(error, "NoSuchUpload")) throw error;
    await settle(tools, promotion);
  }
}

/** The rule that deletes unfinished uploads acts after a day at the soonest. */
const shortestExpiryHours = 24;

/**
 * Storage was asked to complete the upload, and has no such upload (any more). Within a day that means that the master
 * is there: the answer was lost, or another instance was faster. The key may not read masters, so it cannot be looked
 * at. Later it may have been deleted unfinished, and the copy begins anew.
 */
async function settle({ database }: PromotionTools, promotion: Promotion): Promise<void> {
  if (promotion.ageHours < shortestExpiryHours) return;
  held(await noteStorageId(database, promotion, null));
  throw new Error("the upload in masters has expired");
}

function held(isHeld: boolean): void {
  if (!isHeld) throw new LeaseLost("another instance has the promotion");
}
