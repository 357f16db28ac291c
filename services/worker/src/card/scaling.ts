import type { Picture } from "../preview/film.ts";
import { highDefinition, mostFrames } from "../preview/limits.ts";
import type { Size } from "../preview/sizing.ts";

/** Filters that scale on a card: CUDA's own, and that of NVIDIA's library, which few builds of ffmpeg have. */
export const scalers = ["scale_cuda", "scale_npp"] as const;

/** A filter that scales on a card. */
export type Scaler = (typeof scalers)[number];

/** Codecs that every card with an encoder decodes, in 4:2:0. Source: NVIDIA's Video Encode and Decode GPU Support Matrix. */
const decoded: readonly string[] = ["h264", "hevc", "vp9", "av1"];

/**
 * Whether a card scales a picture as the CPU would. It converts no colour matrix and no range, turns nothing, and rounds ten
 * bits into bands; and the filters that come before it know no frames of a card.
 */
export function canScaleOnCard(picture: Picture): boolean {
  const { codec, pixelFormat, rotation, fieldOrder, fps = 0 } = picture;
  return (
    decoded.includes(codec) &&
    pixelFormat === "yuv420p" &&
    rotation === 0 &&
    fieldOrder !== "interlaced" &&
    fps <= mostFrames + 0.5 &&
    isPlainColour(picture)
  );
}

/** Whether colours are those of HD television already, told or taken for it by the picture's height. */
function isPlainColour(picture: Picture): boolean {
  const { height, space, range } = picture;
  const isBt709 = space === "bt709" || (space === "unknown" && height >= highDefinition);
  return isBt709 && range !== "pc" && !isHdr(picture);
}

const isHdr = ({ transfer }: Picture) => /^(?:smpte2084|arib-std-b67)$/.test(transfer);

/** Scales on a card, and hands the small frame back: what comes after it needs it on the CPU. */
export function cardScaling(scaler: Scaler, { width, height }: Size): string[] {
  return [
    `${scaler}=${width}:${height}:interp_algo=lanczos:format=yuv420p`,
    "hwdownload",
    "format=yuv420p",
  ];
}
