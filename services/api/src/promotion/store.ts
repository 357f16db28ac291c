import { randomUUID } from "node:crypto";

import type { Pool } from "pg";

import { changeAsset } from "../assets/store.ts";
import { type Queryable, inTransaction } from "../database/pool.ts";
import { addJob } from "../jobs/store.ts";

/**
 * Seconds for which a promotion belongs to the instance that took it. The instance renews it three times as often, so
 * only one that died or hangs loses it, and another goes on where it stopped.
 */
export const leaseSeconds = 15;

/** A promotion that this instance holds. */
export interface Promotion {
  readonly assetId: string;
  readonly owner: string;
  /** UploadId in masters, once it is begun. */
  readonly storageId: string | null;
  /** Whether storage was asked to complete it before: then "no such upload" may mean that it did. */
  readonly completing: boolean;
  /** Hours since the upload in masters was begun; 0 before. */
  readonly ageHours: number;
  readonly attempts: number;
}

/** What is promoted. */
export interface Source {
  readonly assetId: string;
  /** Key in staging, and in masters. */
  readonly key: string;
  readonly size: number;
  readonly contentType: string;
  /** Tag of the object that was completed. */
  readonly stagingTag: string;
}

/** What is promoted; undefined when there is no such asset. */
export async function findSource(
  database: Queryable,
  assetId: string,
): Promise<Source | undefined> {
  const { rows } = await database.query<Source>(
    `select a.id as "assetId", u.object_key as "key", u.size, u.content_type as "contentType",
       a.staging_tag as "stagingTag"
     from assets a join uploads u on u.id = a.id where a.id = $1`,
    [assetId],
  );
  return rows[0];
}

/**
 * Asks for the promotion of an asset.
 *
 * @returns true when it is done already; nothing happens then, so a master is never written twice.
 */
export async function requestPromotion(database: Pool, assetId: string): Promise<boolean> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{ status: string; isDone: boolean }>(
      `select status, promoted_at is not null as "isDone" from assets where id = $1 for update`,
      [assetId],
    );
    const { status, isDone } = rows[0] ?? {};
    if (isDone) return true;
    if (status === "promoting") return false;
    await connection.query(
      `insert into promotions (asset_id) values ($1)
       on conflict (asset_id) do update set due_at = now(), attempts = 0`,
      [assetId],
    );
    await changeAsset(connection, assetId, { status: "promoting", reason: null, progress: 0 });
    return false;
  });
}

/**
 * Takes a promotion that is due and that nobody holds. Each taking is an owner of its own: also within one instance
 * only the last one counts.
 */
export async function takePromotion(database: Queryable): Promise<Promotion | undefined> {
  const { rows } = await database.query<Promotion>(
    `update promotions set lease_owner = $1, lease_until = now() + make_interval(secs => $2)
     where asset_id = (
       select asset_id from promotions
       where due_at <= now() and (lease_until is null or lease_until < now())
       order by due_at limit 1 for update skip locked)
     returning asset_id as "assetId", lease_owner as "owner", storage_id as "storageId", completing, attempts,
       coalesce(extract(epoch from now() - storage_since) / 3600, 0)::float8 as "ageHours"`,
    [randomUUID(), leaseSeconds],
  );
  return rows[0];
}

/** Renews a lease. False when another instance has it. */
export async function renewLease(database: Queryable, promotion: Promotion): Promise<boolean> {
  return changeHeld(database, promotion, "lease_until = now() + make_interval(secs => $3)", [
    leaseSeconds,
  ]);
}

/** Notes the upload in masters that the parts go to; null forgets it. False when another instance has the lease. */
export async function noteStorageId(
  database: Queryable,
  promotion: Promotion,
  storageId: string | null,
): Promise<boolean> {
  const change = "storage_id = $3, storage_since = now(), completing = false";
  return changeHeld(database, promotion, change, [storageId]);
}

/** Notes that storage is about to be asked to complete it. False when another instance has the lease. */
export async function noteCompleting(database: Queryable, promotion: Promotion): Promise<boolean> {
  return changeHeld(database, promotion, "completing = true", []);
}

/** Says how much is copied, as long as it is being copied. */
export async function noteProgress(
  database: Queryable,
  assetId: string,
  percent: number,
): Promise<void> {
  await database.query("update assets set progress = $2 where id = $1 and status = 'promoting'", [
    assetId,
    percent,
  ]);
}

/** Gives a promotion back: another instance may take it at once. */
export async function releaseLease(database: Queryable, promotion: Promotion): Promise<void> {
  await changeHeld(database, promotion, "lease_until = null", []);
}

/** Tries again later. */
export async function postpone(
  database: Queryable,
  promotion: Promotion,
  seconds: number,
): Promise<void> {
  const change = `lease_until = null, attempts = attempts + 1, due_at = now() + make_interval(secs => $3)`;
  await changeHeld(database, promotion, change, [seconds]);
}

/** Gives a promotion up, with a reason for people. Asking for it again begins where it stopped. */
export async function giveUp(database: Pool, promotion: Promotion, reason: string): Promise<void> {
  await inTransaction(database, async (connection) => {
    const change = "lease_until = null, due_at = 'infinity'";
    if (await changeHeld(connection, promotion, change, []))
      await changeAsset(connection, promotion.assetId, {
        status: "failed",
        reason,
        progress: null,
      });
  });
}

/** The master is there: the asset says so, and its preview job waits to be sent. All of it, or nothing. */
export async function finishPromotion(database: Pool, promotion: Promotion): Promise<void> {
  await inTransaction(database, async (connection) => {
    const { rowCount } = await connection.query(
      "delete from promotions where asset_id = $1 and lease_owner = $2",
      [promotion.assetId, promotion.owner],
    );
    if (rowCount !== 1) return;
    await connection.query("update assets set promoted_at = now() where id = $1", [
      promotion.assetId,
    ]);
    await changeAsset(connection, promotion.assetId, { status: "promoted", progress: null });
    await addJob(connection, promotion.assetId);
  });
}

async function changeHeld(
  database: Queryable,
  { assetId, owner }: Promotion,
  change: string,
  values: readonly unknown[],
): Promise<boolean> {
  const { rowCount } = await database.query(
    `update promotions set ${change} where asset_id = $1 and lease_owner = $2`,
    [assetId, owner, ...values],
  );
  return rowCount === 1;
}
