import type { Film, Picture } from "./film.ts";
import { type Size, previewSize } from "./sizing.ts";

/** Frames a second of a preview, at most: slow motion is recorded at 120 and 240. */
const mostFrames = 60;

/** Height from which a picture that does not say so counts as BT.709, as browsers have it. */
const highDefinition = 720;

/** Transfer functions of HDR. */
const highDynamicRange = ["smpte2084", "arib-std-b67"];

/** What a preview's frames say about their colours: what browsers assume, and what every player knows. */
const bt709 = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709";

/** How many frames the poster is chosen from. */
const posterChoice = 12;

/**
 * The filter graph of a preview: `[picture]` for the film, `[poster]` for one frame of it.
 *
 * ffmpeg turns frames upright by itself, before the first filter.
 */
export function filterGraph({ picture, duration }: Film): string {
  const size = previewSize(picture);
  const film = [
    ...(picture.fieldOrder === "interlaced" ? ["yadif=deint=interlaced"] : []),
    ...((picture.fps ?? 0) > mostFrames + 0.5 ? [`fps=${mostFrames}`] : []),
    ...(hasAlpha(picture) ? ["premultiply=inplace=1"] : []),
    ...(highDynamicRange.includes(picture.transfer)
      ? toneMapping(picture, size)
      : plain(picture, size)),
    "setsar=1",
    bt709,
    "split=2[picture][frames]",
  ];
  return `[0:${picture.index}]${film.join(",")};[frames]${poster(duration)}[poster]`;
}

/** Transparent pixels keep colours that nobody is meant to see; multiplied by their alpha they are black. */
const hasAlpha = ({ pixelFormat }: Picture) =>
  /^(?:yuva|gbrap|rgba|bgra|argb|abgr|ya\d|pal8)/.test(pixelFormat);

function plain({ height, space }: Picture, { width, height: to }: Size): string[] {
  const isUnsaid = space === "unknown";
  const from = isUnsaid ? `:in_color_matrix=${height >= highDefinition ? "bt709" : "bt601"}` : "";
  return [`scale=${width}:${to}${from}:out_color_matrix=bt709:out_range=tv`, "format=yuv420p"];
}

/** Maps HDR to what an ordinary screen shows: scaled first, because the rest costs by the pixel. */
function toneMapping({ transfer }: Picture, { width, height }: Size): string[] {
  return [
    `zscale=w=${width}:h=${height}:tin=${transfer}:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=203`,
    "format=gbrpf32le",
    "zscale=p=bt709",
    "tonemap=tonemap=hable:desat=0",
    "zscale=t=bt709:m=bt709:r=tv",
    "format=yuv420p",
  ];
}

/**
 * Chooses a picture that is typical for the film: of frames spread over its first two thirds, the one nearest to their
 * average. A black beginning is one of them at most. JPEG has colours of its own.
 */
function poster(duration = 0): string {
  const step = (duration * 0.65) / posterChoice;
  const selection = `isnan(prev_selected_t)*gte(t,${seconds(step / 2)})+gte(t-prev_selected_t,${seconds(step)})`;
  return [
    `select='${selection}'`,
    `thumbnail=${posterChoice}`,
    "scale=in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc",
    "format=yuvj420p",
  ].join(",");
}

const seconds = (value: number) => value.toFixed(3);
