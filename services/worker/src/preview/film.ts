/** Which of two fields of a frame comes first; progressive frames have none. */
export type FieldOrder = "progressive" | "interlaced" | "unknown";

/** The picture of a film, as its file describes it. */
export interface Picture {
  /** Index of the stream. */
  readonly index: number;
  readonly codec: string;
  /** Such as yuv420p10le. */
  readonly pixelFormat: string;
  /** Size as stored, in pixels: not turned, and pixels need not be square. */
  readonly width: number;
  readonly height: number;
  /** Width of a pixel divided by its height. */
  readonly pixelAspect: number;
  /** Degrees by which it has to be turned: 0, 90, 180 or 270. */
  readonly rotation: number;
  /** Frames a second on average, to two decimals; undefined when the file does not say. */
  readonly fps: number | undefined;
  readonly fieldOrder: FieldOrder;
  /** Whether samples go from 16 to 235, as television has them, or from 0 to 255. */
  readonly range: "tv" | "pc" | "unknown";
  /** Names of ffmpeg; "unknown" where the file does not say. */
  readonly space: string;
  readonly primaries: string;
  readonly transfer: string;
}

/** What a file holds, as far as a preview needs it. */
export interface Film {
  /** Name of the container, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly container: string;
  /** Seconds that the file itself says it lasts; undefined when it does not, or the number is a guess. */
  readonly duration: number | undefined;
  readonly picture: Picture;
  /** Index of the audio stream that is used; undefined when there is none that can be decoded. */
  readonly sound: number | undefined;
}
