import type { Queryable } from "../database/pool.ts";
import type { Partition } from "./parts.ts";

/** An upload as PostgreSQL has it. */
export interface Upload extends Partition {
  readonly id: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly key: string;
  readonly storageId: string;
  readonly status: "open" | "completed" | "aborted";
}

const columns = `id, file_name as "fileName", content_type as "contentType", size, part_bytes as "partBytes",
  object_key as "key", storage_id as "storageId", status`;

/** Keeps a new upload. */
export async function insertUpload(
  database: Queryable,
  userId: string,
  upload: Omit<Upload, "status">,
): Promise<void> {
  const { id, fileName, contentType, size, partBytes, key, storageId } = upload;
  await database.query(
    `insert into uploads (id, user_id, file_name, content_type, size, part_bytes, object_key, storage_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, userId, fileName, contentType, size, partBytes, key, storageId],
  );
}

/** An upload of a user; nobody sees those of others. */
export async function findUpload(
  database: Queryable,
  id: string,
  userId: string,
): Promise<Upload | undefined> {
  const { rows } = await database.query<Upload>(
    `select ${columns} from uploads where id = $1 and user_id = $2`,
    [id, userId],
  );
  return rows[0];
}

/** Notes the tag that the object must have, before storage is asked to complete it. */
export async function expectTag(database: Queryable, id: string, tag: string): Promise<void> {
  await database.query("update uploads set expected_tag = $2 where id = $1", [id, tag]);
}

/** The tag that was noted; undefined when storage was never asked to complete the upload. */
export async function findExpectedTag(
  database: Queryable,
  id: string,
): Promise<string | undefined> {
  const { rows } = await database.query<{ tag: string | null }>(
    "select expected_tag as tag from uploads where id = $1",
    [id],
  );
  return rows[0]?.tag ?? undefined;
}

/** Marks an open upload as given up. False when it is not open. */
export async function markAborted(database: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await database.query(
    "update uploads set status = 'aborted' where id = $1 and status in ('open', 'aborted')",
    [id],
  );
  return rowCount === 1;
}

/** Makes an asset of an upload that is whole. A second time changes nothing. */
export async function markCompleted(database: Queryable, id: string, tag: string): Promise<void> {
  await database.query(
    `with done as (update uploads set status = 'completed' where id = $1 returning id)
     insert into assets (id, staging_tag) select id, $2 from done on conflict (id) do nothing`,
    [id, tag],
  );
}
