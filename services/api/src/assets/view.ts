import type { Pool } from "pg";

import { notFound } from "../http/refusals.ts";
import { type Page, type PageRequest, toPage } from "../http/pages.ts";
import type { Links } from "../links.ts";
import { type Asset, findAsset, listAssets } from "./store.ts";

/** An asset as the page sees it. */
export interface AssetView {
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly status: Asset["status"];
  readonly playable: boolean;
  readonly createdAt: string;
  readonly reason?: string;
  readonly progress?: number;
  readonly media?: Asset["media"];
  /** Link to a picture, once there is one. */
  readonly poster?: string;
  /** Until when object lock keeps the master, where there is object lock. */
  readonly lockedUntil?: string;
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
  const view = (asset: Asset): AssetView => {
    const { id, fileName, size, status, playable, reason, progress, media, promotedAt } = asset;
    return {
      id,
      fileName,
      size,
      status,
      playable,
      createdAt: asset.createdAt.toISOString(),
      ...(reason !== null && { reason }),
      ...(progress !== null && { progress }),
      ...(media !== null && { media, poster: links.poster(id) }),
      ...(promotedAt !== null &&
        lockDays > 0 && {
          lockedUntil: new Date(promotedAt.getTime() + lockDays * day).toISOString(),
        }),
    };
  };
  return {
    find: async (id) => {
      const asset = await findAsset(database, id);
      if (!asset) throw notFound("asset");
      return view(asset);
    },
    list: async (page) => toPage(await listAssets(database, page), page.limit, view),
  };
}
