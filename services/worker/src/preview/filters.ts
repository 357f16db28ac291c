import { type Scaler, cardScaling } from "../card/scaling.ts";
import { tableName } from "../colour/lookup-tables.ts";
import { type HdrTransfer, hdrTransfers } from "../colour/tone-mapping.ts";
import type { Film, Picture } from "./film.ts";
import { highDefinition, mostFrames } from "./limits.ts";
import { type Size, previewSize } from "./sizing.ts";

/** What a preview's frames say about their colours: what browsers assume, and what every player knows. */
const bt709 = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709";

/** How many frames a second tell how long a film is. */
export const ticks = 10;

/** How many frames the poster is chosen from. */
const posterChoice = 12;

/**
 * The filter graph of a preview: `[picture]` for the film, `[poster]` for one frame of it, and `[clock]`, which has
 * {@link ticks} frames for each second, and so tells how long the film is. The time stamps of its frames do not: a last
 * frame may stand for long, as in recordings of a screen, and before ffmpeg 7 encoders lose how long.
 *
 * ffmpeg turns frames upright by itself, before the first filter.
 *
 * @param scaler filter of a card that scales the picture, whose frames are on it; the CPU without it.
 */
export function filterGraph({ picture, duration }: Film, scaler?: Scaler): string {
  const size = previewSize(picture);
  const transfer = hdrTransfer(picture);
  const film = [
    ...(picture.fieldOrder === "interlaced" ? ["yadif=deint=interlaced"] : []),
    ...((picture.fps ?? 0) > mostFrames + 0.5 ? [`fps=${mostFrames}`] : []),
    ...(hasAlpha(picture) ? ["premultiply=inplace=1"] : []),
    ...(transfer
      ? toneMapping(transfer, size)
      : scaler
        ? cardScaling(scaler, size)
        : plain(picture, size)),
    "setsar=1",
    bt709,
    "split=3[picture][frames][ticks]",
  ];
  return [
    `[0:${picture.index}]${film.join(",")}`,
    `[frames]${poster(duration)}[poster]`,
    `[ticks]fps=${ticks}:round=up,scale=2:2[clock]`,
  ].join(";");
}

/** Transparent pixels keep colours that nobody is meant to see; multiplied by their alpha they are black. */
const hasAlpha = ({ pixelFormat }: Picture) =>
  /^(?:yuva|gbrap|rgba|bgra|argb|abgr|ya\d|pal8)/.test(pixelFormat);

function plain({ height, space }: Picture, { width, height: to }: Size): string[] {
  const isUnsaid = space === "unknown";
  const from = isUnsaid ? `:in_color_matrix=${height >= highDefinition ? "bt709" : "bt601"}` : "";
  return [`scale=${width}:${to}${from}:out_color_matrix=bt709:out_range=tv`, "format=yuv420p"];
}

/**
 * Maps HDR to what an ordinary display shows, by a table in the directory that ffmpeg runs in. Scaled first, because the
 * rest costs by the pixel.
 */
function toneMapping(transfer: HdrTransfer, { width, height }: Size): string[] {
  return [
    `scale=${width}:${height}:in_color_matrix=bt2020`,
    "format=gbrp10le",
    `lut3d=file=${tableName(transfer)}:interp=tetrahedral`,
    "scale=out_color_matrix=bt709:out_range=tv",
    "format=yuv420p",
  ];
}

/** The HDR transfer function of a picture; undefined when it is an ordinary one. */
export function hdrTransfer({ transfer }: Picture): HdrTransfer | undefined {
  return hdrTransfers.find((name) => name === transfer);
}

/**
 * Chooses a picture that is typical for the film: of frames spread over its first two thirds, the one nearest to their
 * average. A black beginning is one of them at most. JPEG has colours of its own.
 */
function poster(duration = 0): string {
  const step = (duration * 0.65) / posterChoice;
  const selection = `isnan(prev_selected_t)+gte(t-prev_selected_t,${step.toFixed(3)})`;
  return [
    `select='${selection}'`,
    `thumbnail=${posterChoice}`,
    "scale=in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc",
    "format=yuvj420p",
  ].join(",");
}
