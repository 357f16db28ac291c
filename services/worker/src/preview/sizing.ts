import type { Picture } from "./film.ts";

/** Pixels of the shorter side, at most. */
const shortSide = 720;

/** Pixels of the longer side, at most. */
const longSide = 1280;

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Size of a preview: upright, with square pixels, both sides even because `yuv420p` halves them, and never larger than
 * the master.
 */
export function previewSize({ width, height, pixelAspect, rotation }: Picture): Size {
  // Stretching only ever makes a side longer, so that no pixel of the master is lost to square ones.
  const square =
    pixelAspect >= 1
      ? { width: width * pixelAspect, height }
      : { width, height: height / pixelAspect };
  const upright = rotation % 180 === 0 ? square : { width: square.height, height: square.width };
  const shorter = Math.min(upright.width, upright.height);
  const longer = Math.max(upright.width, upright.height);
  const factor = Math.min(1, shortSide / shorter, longSide / longer);
  return { width: even(upright.width * factor), height: even(upright.height * factor) };
}

/** What a product of fractions may miss a whole number by. */
const rounding = 1e-6;

function even(pixels: number): number {
  return Math.max(2, Math.floor(pixels / 2 + rounding) * 2);
}
