import type { Accepted, NotAccepted } from "../clip.ts";
import type { Colour } from "../inspect.ts";

/** A moving picture: options of testsrc2, and filters behind it. */
export const picture = (options: string, filters = "null") => [
  ...["-f", "lavfi", "-i", `testsrc2=${options},${filters}`],
];
/** A tone of so many seconds. */
export const tone = (seconds: number) => ["-f", "lavfi", "-i", `sine=f=440:d=${seconds}:r=48000`];
/** H.264, as most devices make it. */
export const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];
/** AAC. */
export const aac = ["-c:a", "aac", "-b:a", "64k"];
/** HEVC with 10 bits and a transfer function of HDR. */
export const hevc = (transfer: string) => [
  ...["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-tag:v", "hvc1"],
  ...["-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc"],
  "-x265-params",
  `log-level=error:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc:repeat-headers=1`,
];
/** Becomes a preview of this size. */
export const film = (
  width: number,
  height: number,
  frames?: number,
  hasAudio = true,
): Accepted => ({
  accepted: true,
  size: [width, height],
  ...(frames === undefined ? {} : { frames }),
  hasAudio,
});
/** Is refused in these words. */
export const refused = (words: RegExp): NotAccepted => ({ accepted: false, words });

/** Three seconds of film with sound. */
export const plain = [...picture("s=640x360:r=25:d=3"), ...tone(3), ...h264, ...aac];

/** Red on the left and blue on the right, as stored: whoever turns it clockwise sees red above. */
export const redAndBlue = [
  "-f",
  "lavfi",
  "-i",
  "color=red:s=320x360:r=30:d=2,pad=640:360:0:0:blue",
];

/** A colour on the left, and black on the right. */
export const leftAndBlack = (colour: string) => [
  ...["-f", "lavfi", "-i", `color=${colour}:s=320x360:r=25:d=1,format=gbrp,pad=640:360`],
];

/** What HDR calls white keeps a little room for what is brighter. */
export const white: Colour = [230, 230, 230];
/** Black. */
export const black: Colour = [0, 0, 0];
/** Red. */
export const red: Colour = [254, 0, 0];
/** Blue. */
export const blue: Colour = [0, 0, 254];
