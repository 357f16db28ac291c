import type { Logger } from "pino";

import { FfmpegFailed } from "../ffmpeg/run.ts";
import { type Media, type Order, type Workshop, makePreview } from "../preview/make.ts";
import type { Card } from "./card.ts";

/**
 * Makes a preview on the card where there is one, and at once on the CPU what fails there: a card knows fewer formats and
 * sizes than the CPU does, and is broken more often. What fails on both failed.
 */
export async function makeWithCard(
  workshop: Workshop,
  card: Card,
  order: Order,
  logger: Logger,
): Promise<Media> {
  if (card.encoder === "cpu") return makePreview(workshop, order);
  let failure: unknown;
  try {
    const { decodes, scaler } = card;
    const media = await makePreview({ ...workshop, card: { decodes, scaler } }, order);
    card.worked();
    return media;
  } catch (error) {
    if (order.signal.aborted) throw error;
    failure = error;
  }
  const lastWords = failure instanceof FfmpegFailed ? { lastWords: failure.lastWords } : {};
  logger.warn({ err: failure, ...lastWords }, "job failed on the card, and is done on the CPU");
  const media = await makePreview(workshop, order);
  const { scaler } = card;
  if (!card.failed(failure)) logger.error({ reason: card.reason }, "card no longer used");
  else if (scaler !== card.scaler) logger.error({ scaler }, "card no longer scales");
  return media;
}
