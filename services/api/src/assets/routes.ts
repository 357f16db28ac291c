import type { FastifyInstance } from "fastify";
import type { Pool } from "pg";

import { RequestError } from "@mam-services/common/errors";
import type { RateLimit } from "../http/limits.ts";
import { pageOf } from "../http/pages.ts";
import { idOf } from "../http/parse.ts";
import { requestPreview } from "../jobs/store.ts";
import type { Links } from "../links.ts";
import { requestPromotion } from "../promotion/store.ts";
import type { AssetViews } from "./view.ts";

/** What the routes of assets need. */
export interface AssetRoutes {
  readonly database: Pool;
  readonly views: AssetViews;
  readonly links: Links;
  readonly promoteLimit: RateLimit;
  /** Begins wanted promotions now. */
  readonly promoteSoon: () => void;
  /** Sends waiting jobs to the stream now. */
  readonly enqueueSoon: () => void;
}

/** Assets: lists, promotion, links, and previews once more. */
export function assetRoutes(server: FastifyInstance, options: AssetRoutes): void {
  const { database, views, links } = options;

  server.get("/api/assets", (request) => views.list(pageOf(request.query)));

  server.get("/api/assets/:id", (request) => views.find(idOf(request.params)));

  server.post(
    "/api/assets/:id/promote",
    { config: { rateLimit: options.promoteLimit } },
    async (request, reply) => {
      const { id } = await views.find(idOf(request.params));
      const isDone = await requestPromotion(database, id);
      if (!isDone) options.promoteSoon();
      return reply.status(isDone ? 200 : 202).send({ asset: await views.find(id) });
    },
  );

  server.post("/api/assets/:id/preview", async (request, reply) => {
    const { id } = await views.find(idOf(request.params));
    if (!(await requestPreview(database, id)))
      throw new RequestError(409, "not-promoted", "The asset has no master yet. Promote it first.");
    options.enqueueSoon();
    return reply.status(202).send({ asset: await views.find(id) });
  });

  const playable = async (parameters: unknown) => {
    const asset = await views.find(idOf(parameters));
    if (!asset.playable)
      throw new RequestError(409, "not-playable", "There is no preview of this asset yet.");
    return asset.id;
  };

  server.post("/api/assets/:id/playback", async (request) =>
    links.playback(await playable(request.params)),
  );

  server.post("/api/assets/:id/shares", async (request) =>
    links.share(await playable(request.params)),
  );
}
