import type { Pool } from "pg";

import { notFound } from "../http/refusals.ts";
import { type Page, type PageRequest, toPage } from "../http/pages.ts";
import { isoTime } from "../database/times.ts";
import type { Links } from "../links.ts";
import { type UploadedFile, rememberFiles } from "./files.ts";
import { type Asset, findAsset, listAssets } from "./store.ts";

/** An asset as the page sees it. */
export interface AssetView {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly status: Asset["status"];
  readonly playable: boolean;
  readonly createdAt: string;
  reason?: string;
  progress?: number;
  media?: Asset["media"];
  /** Link to a picture, once there is one. */
  poster?: string;
  /** Until when object lock keeps the master, where there is object lock. */
  lockedUntil?: string;
}

/** Assets as the page sees them. */
export interface AssetViews {
  /** @throws RequestError 404 */
  find(id: string): Promise<AssetView>;
  list(page: PageRequest): Promise<Page<AssetView>>;
}

const day = 86_400_000;

/**
 * @param lockDays days for which a new master is locked. The bucket's own default does it: the API sends no lock of its
 * own, which its key may not set.
 */
export function createAssetViews(database: Pool, links: Links, lockDays: number): AssetViews {
  const findFiles = rememberFiles(database);
  const view = (asset: Asset, { fileName, size }: UploadedFile): AssetView => {
    const { id, status, playable, reason, progress, media, promotedAt } = asset;
    const seen: AssetView = {
      id,
      fileName,
      size,
      status,
      playable,
      createdAt: isoTime(asset.createdAt),
    };
    if (reason !== null) seen.reason = reason;
    if (progress !== null) seen.progress = progress;
    if (media !== null) {
      seen.media = media;
      seen.poster = links.poster(id);
    }
    if (promotedAt !== null && lockDays > 0)
      seen.lockedUntil = new Date(Date.parse(isoTime(promotedAt)) + lockDays * day).toISOString();
    return seen;
  };
  return {
    find: async (id) => {
      const asset = await findAsset(database, id);
      if (!asset) throw notFound("asset");
      return view(asset, asset);
    },
    list: async (page) => {
      const assets = await listAssets(database, page);
      const files = await findFiles(assets.map(({ id }) => id));
      return toPage(assets, page.limit, (asset) => view(asset, fileOf(files, asset)));
    },
  };
}

/** @throws for an asset without an upload, which the database does not let be. */
function fileOf(files: ReadonlyMap<string, UploadedFile>, { id }: Asset): UploadedFile {
  const file = files.get(id);
  if (!file) throw new Error(`asset ${id} has no upload`);
  return file;
}
