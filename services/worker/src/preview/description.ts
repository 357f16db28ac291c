import type { FieldOrder, Film, Picture } from "./film.ts";
import { Refused } from "./refused.ts";

/** A stream, as ffmpeg describes it in one line. */
interface StreamLine {
  readonly index: number;
  readonly kind: string;
  /** What stands behind the kind, split at commas outside brackets. */
  readonly parts: readonly string[];
  /** The lines below it: metadata and side data. */
  readonly below: readonly string[];
}

/** Containers whose duration is found by looking for the last time stamp, so that it says nothing about what is missing. */
const undeclared = ["mpegts", "mpeg", "mpegvideo", "h264", "hevc", "m4v", "dv"];

const streamLine =
  /^ {2,}Stream #0:(?<index>\d+)(?:\[0x[0-9a-f]+\])?(?:\([^)]*\))?: (?<kind>[A-Z]\w+): (?<rest>.*)$/;

/**
 * Reads what `ffmpeg -i` says about a file. ffprobe would say it as JSON, but not every build of ffmpeg comes with it.
 *
 * @param words all that it wrote to standard error.
 * @throws Refused in words for a person when the file is no film.
 */
export function readDescription(words: string): Film {
  const lines = words.split(/\r?\n/);
  const container = /^Input #0, (?<name>\S+), from/m.exec(words)?.groups?.name;
  if (container === undefined) throw new Refused(whyUnreadable(words));
  const streams = streamsOf(lines);
  const picture = streams.find(isMovingPicture);
  if (!picture) throw new Refused(withoutPicture(streams));
  return {
    container,
    duration: declaredDuration(words, container),
    picture: describePicture(picture),
    sound: streams.find(({ kind, parts }) => kind === "Audio" && isKnown(parts))?.index,
  };
}

function whyUnreadable(words: string): string {
  if (words.includes("moov atom not found"))
    return "The file is cut off: its index, which cameras write last, is missing. Upload the whole file.";
  return "The file is not a film, or is damaged so that it cannot be opened.";
}

function withoutPicture(streams: readonly StreamLine[]): string {
  const has = (kind: string) => streams.some((stream) => stream.kind === kind);
  if (has("Audio")) return "The file has no video, only sound.";
  return "The file has no video.";
}

function streamsOf(lines: readonly string[]): StreamLine[] {
  return lines.flatMap((line, at) => {
    const { index, kind, rest } = streamLine.exec(line)?.groups ?? {};
    if (index === undefined || kind === undefined || rest === undefined) return [];
    const following = lines.slice(at + 1);
    const end = following.findIndex((next) => !next.startsWith("    "));
    const below = end === -1 ? following : following.slice(0, end);
    return [{ index: Number(index), kind, parts: splitOutsideBrackets(rest), below }];
  });
}

/** Cover pictures are video streams too, of one picture. */
function isMovingPicture({ kind, parts }: StreamLine): boolean {
  const isStill = parts.some((part) =>
    /\((?:attached pic|timed thumbnails|still image)\)/.test(part),
  );
  return kind === "Video" && !isStill && isKnown(parts);
}

/** Whether ffmpeg knows the codec. */
const isKnown = (parts: readonly string[]) => !/^none\b/.test(parts[0] ?? "none");

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if ("([".includes(character)) depth += 1;
    if (")]".includes(character)) depth -= 1;
    if (character === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += character;
  }
  return [...parts, part.trim()];
}

function declaredDuration(words: string, container: string): number | undefined {
  const isGuess =
    container.split(",").some((name) => undeclared.includes(name)) ||
    words.includes("Estimating duration from bitrate");
  const match = /^ {2}Duration: (?<hours>\d+):(?<minutes>\d+):(?<seconds>[\d.]+),/m.exec(words);
  const { hours, minutes, seconds } = match?.groups ?? {};
  if (isGuess || hours === undefined) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function describePicture({ index, parts, below }: StreamLine): Picture {
  const [codec = "", format = ""] = parts;
  const [, name = "unknown", detail = ""] = /^(\w+)(?:\((.*)\))?$/.exec(format) ?? [];
  return {
    index,
    codec: /^\w+/.exec(codec)?.[0] ?? codec,
    pixelFormat: name,
    ...sizeOf(parts),
    rotation: rotationOf(below),
    fps: frameRate(parts),
    fieldOrder: fieldOrder(detail),
    range: rangeOf(detail),
    ...colours(detail),
  };
}

function rangeOf(detail: string): Picture["range"] {
  const words = detail.split(", ");
  if (words.includes("pc")) return "pc";
  return words.includes("tv") ? "tv" : "unknown";
}

/** Such as `720x576 [SAR 64:45 DAR 16:9]`. */
function sizeOf(parts: readonly string[]): Pick<Picture, "width" | "height" | "pixelAspect"> {
  const size = /^(\d+)x(\d+)(?: \[SAR (\d+):(\d+))?/;
  const part = parts.find((text) => size.test(text)) ?? "";
  const [, width = 0, height = 0, across, up] = size.exec(part) ?? [];
  const ratio = Number(across) / Number(up);
  const pixelAspect = Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
  return { width: Number(width), height: Number(height), pixelAspect };
}

function rotationOf(below: readonly string[]): number {
  const line = below.find((text) => text.includes("displaymatrix: rotation of"));
  const degrees = Number(/rotation of (-?[\d.]+)/.exec(line ?? "")?.[1] ?? 0);
  return (((Math.round(degrees / 90) * 90) % 360) + 360) % 360;
}

function frameRate(parts: readonly string[]): number | undefined {
  const match = /^([\d.]+)(k?) fps$/.exec(parts.find((part) => part.endsWith(" fps")) ?? "");
  return match ? Number(match[1]) * (match[2] === "k" ? 1000 : 1) : undefined;
}

function fieldOrder(detail: string): FieldOrder {
  if (/\b(?:top|bottom) (?:coded )?first/.test(detail)) return "interlaced";
  return /\bprogressive\b/.test(detail) ? "progressive" : "unknown";
}

/** ffmpeg writes `space/primaries/transfer`, or one word when all three have the same name. */
function colours(detail: string): Pick<Picture, "space" | "primaries" | "transfer"> {
  const words = detail
    .split(", ")
    .filter((word) => !/^(?:tv|pc|progressive|.* first.*)$/.test(word));
  const [space = "unknown", primaries = space, transfer = space] = (words[0] ?? "").split("/");
  return {
    space: space || "unknown",
    primaries: primaries || "unknown",
    transfer: transfer || "unknown",
  };
}
