/**
 * How a card encodes a preview: of a quality that stands beside libx264's `-crf 23`, with the same ceiling. A key frame that
 * is asked for has to be one that decoding can begin at (`forced-idr`), or HLS would not cut there.
 *
 * @param rate bits a second of the picture, at most.
 */
export function cardEncoder(rate: number): string[] {
  return [
    ...[
      "-c:v",
      "h264_nvenc",
      "-preset",
      "p4",
      "-tune",
      "hq",
      "-profile:v",
      "high",
      "-level",
      "4.0",
    ],
    ...["-rc", "vbr", "-cq", "23", "-b:v", "0", "-maxrate", String(rate)],
    ...["-bufsize", String(2 * rate), "-forced-idr", "1"],
  ];
}

/** Decodes on the card what it can decode, and hands frames back: ffmpeg decodes everything else on the CPU by itself. */
export const cardDecoder: readonly string[] = ["-hwaccel", "cuda"];

/** Leaves decoded frames on the card, for a filter that scales there. What is then not decoded on it fails, and is done on the CPU. */
export const keptOnCard: readonly string[] = ["-hwaccel_output_format", "cuda"];
