import type { Queryable } from "../database/pool.ts";
import type { PageRequest } from "../http/pages.ts";
import type { UploadedFile } from "./files.ts";

/**
 * What became of an asset: `uploaded` (whole in staging), `promoting` (being copied to masters), `promoted` (safe, its
 * preview is waiting), `processing` (its preview is being made), `ready`, `refused` (no film that can be shown), `failed`.
 */
export type AssetStatus =
  "uploaded" | "promoting" | "promoted" | "processing" | "ready" | "refused" | "failed";

/** What the worker found in a film. */
export interface Media {
  readonly duration: number;
  readonly width: number;
  readonly height: number;
  /** Frames a second; missing when the file does not say. */
  readonly fps?: number | undefined;
  readonly hasAudio: boolean;
}

/** An asset as PostgreSQL has it. What it was uploaded as is apart. */
export interface Asset {
  readonly id: string;
  readonly position: number;
  readonly status: AssetStatus;
  readonly reason: string | null;
  /** Percent of the copy or of the preview. */
  readonly progress: number | null;
  /** Whether a preview can be played, though more of it may be to come. */
  readonly playable: boolean;
  readonly media: Media | null;
  /** As PostgreSQL writes it: most of it is shown, and nothing is reckoned with. */
  readonly createdAt: string;
  readonly promotedAt: string | null;
}

const columns = `a.id, a.position, a.status, a.reason, a.progress, a.playable, a.media, a.created_at::text as "createdAt",
  a.promoted_at::text as "promotedAt"`;

/** An asset. */
export async function findAsset(
  database: Queryable,
  id: string,
): Promise<(Asset & UploadedFile) | undefined> {
  const { rows } = await database.query<Asset & UploadedFile>(
    `select ${columns}, u.file_name as "fileName", u.size from assets a join uploads u on u.id = a.id where a.id = $1`,
    [id],
  );
  return rows[0];
}

/** The newest assets before a position, one more than the page has. */
export async function listAssets(
  database: Queryable,
  { limit, before }: PageRequest,
): Promise<readonly Asset[]> {
  const { rows } = await database.query<Asset>(
    `select ${columns} from assets a where a.position < $1 order by a.position desc limit $2`,
    [before, limit + 1],
  );
  return rows;
}

/** What changes of an asset; what is left out stays. */
export interface AssetChange {
  readonly status?: AssetStatus;
  readonly reason?: string | null;
  readonly progress?: number | null;
  readonly playable?: boolean;
  readonly media?: Media;
}

const changeable = ["status", "reason", "progress", "playable", "media"] as const;

/** Changes an asset. */
export async function changeAsset(
  database: Queryable,
  id: string,
  change: AssetChange,
): Promise<void> {
  const names = changeable.filter((name) => change[name] !== undefined);
  const sets = names.map((name, index) => `${name} = $${index + 2}`);
  const values = names.map((name) => change[name]);
  await database.query(`update assets set ${sets.join(", ")} where id = $1`, [id, ...values]);
}
