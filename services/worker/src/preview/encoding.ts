import { cardDecoder, cardEncoder, keptOnCard } from "../card/arguments.ts";
import { type Scaler, canScaleOnCard } from "../card/scaling.ts";
import type { Film } from "./film.ts";
import { filterGraph } from "./filters.ts";

/** Bits a second of the picture, at most. */
const pictureRate = 4_000_000;

/** Bits a second of the sound. */
const soundRate = 128_000;

/** Bits a second of a preview at its peak, with what MPEG-TS adds. */
export const peakRate = Math.round((pictureRate + soundRate) * 1.1);

/** Part of the frames that may fail to be decoded: a scratch is no reason to refuse a film. */
const errorRate = 0.25;

/** Unit of time: the duration of a frame is a whole number of them at 23.976, 24, 25, 29.97, 30, 50, 59.94 and 60 a second. */
const timeBase = "1/120000";

/** What a player needs to know of H.264 High at level 4.0 (1280×720 at 60 frames a second) and AAC. */
export const codecs = { picture: "avc1.640028", sound: "mp4a.40.2" } as const;

/** Names of the files that ffmpeg writes, below the address of the exchange. */
export const written = {
  playlist: "playlist.m3u8",
  segment: /^\d{5,}\.ts$/,
  film: "preview.mp4",
  poster: "poster.jpg",
  clock: "clock",
} as const;

/** What a preview is encoded with. */
export interface Encoding {
  readonly film: Film;
  /** Address of the master. */
  readonly master: string;
  /** Address below which ffmpeg writes. */
  readonly output: string;
  /** Seconds of an HLS segment. */
  readonly segmentSeconds: number;
  /** The card that encodes; the CPU without it. */
  readonly card?: CardUse | undefined;
}

/** What a card does of a preview beside encoding it. */
export interface CardUse {
  /** Whether it decodes the master. */
  readonly decodes: boolean;
  /** By which filter it scales what it has decoded; not at all without it. */
  readonly scaler?: Scaler | undefined;
}

/**
 * Demuxers that users' files may open, by content and not by name. Playlists and other files that name further files
 * are not among them: they would make the worker fetch what their author may not.
 */
const containers = [
  ...["mov", "matroska", "avi", "mpegts", "mpeg", "mpegvideo", "mxf", "gxf", "flv", "asf", "ogg"],
  ...["dv", "gif", "rm", "ivf", "h264", "hevc", "m4v", "nut", "yuv4mpegpipe"],
  ...["mp3", "wav", "flac", "aac", "aiff", "caf", "w64"],
];

/** How ffmpeg reads a master. */
export function inputArguments(master: string): string[] {
  const whitelists = ["-protocol_whitelist", "http,tcp", "-format_whitelist", containers.join(",")];
  return ["-nostdin", "-hide_banner", ...whitelists, "-i", master];
}

/** The arguments of the one encode that makes the segments, the film in one file, the poster and the clock. */
export function encodeArguments(encoding: Encoding): string[] {
  const { film, master, output, segmentSeconds, card } = encoding;
  const scaler = card?.decodes && canScaleOnCard(film.picture) ? card.scaler : undefined;
  return [
    ...["-loglevel", "level+warning", "-progress", "pipe:1", "-nostats"],
    ...["-max_error_rate", String(errorRate)],
    ...(card?.decodes ? cardDecoder : []),
    ...(scaler ? keptOnCard : []),
    ...inputArguments(master),
    ...["-filter_complex", filterGraph(film, scaler), "-map", "[picture]"],
    ...(film.sound === undefined ? [] : ["-map", `0:${film.sound}`]),
    ...["-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1"],
    ...["-max_muxing_queue_size", "4096", "-flags", "+global_header"],
    ...(card ? cardEncoder(pictureRate) : cpuEncoder),
    ...pictureArguments(segmentSeconds),
    ...(film.sound === undefined ? [] : soundArguments),
    ...["-f", "tee", teeOutputs(output, segmentSeconds)],
    ...["-map", "[poster]", "-frames:v", "1", "-q:v", "3", "-f", "image2pipe", "-method", "PUT"],
    `${output}/${written.poster}`,
    ...["-map", "[clock]", "-f", "framecrc", "-method", "PUT", `${output}/${written.clock}`],
  ];
}

/**
 * Frames are stored in the order in which they are shown. MPEG-TS knows no edit list: with frames in another order, the
 * first one is shown two frames late, and hls.js waits for ever at the beginning of a film of three frames.
 */
const inOrder = ["-bf", "0"];

/** How the CPU encodes a preview. */
const cpuEncoder = [
  ...["-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-level", "4.0"],
  ...["-crf", "23", "-maxrate", String(pictureRate), "-bufsize", String(2 * pictureRate)],
];

/** Frames keep their own times, so that a film of a varying rate neither gains nor loses any. */
function pictureArguments(segmentSeconds: number): string[] {
  return [
    ...["-pix_fmt", "yuv420p", "-fps_mode", "vfr", "-enc_time_base", timeBase, ...inOrder],
    ...["-force_key_frames", `expr:gte(t,n_forced*${segmentSeconds})`],
  ];
}

/** Gaps and a late start are filled with silence, so that sound stays with the picture. */
const soundArguments = [
  ...["-c:a", "aac", "-b:a", String(soundRate), "-ac", "2", "-ar", "48000"],
  ...["-af", "aresample=async=1:first_pts=0"],
];

function teeOutputs(output: string, segmentSeconds: number): string {
  const hls = [
    "f=hls",
    `hls_time=${segmentSeconds}`,
    "hls_playlist_type=event",
    "method=PUT",
    `hls_segment_filename=${escaped(escaped(`${output}/%05d.ts`))}`,
  ];
  const mp4 = [
    "f=mp4",
    "movflags=empty_moov+delay_moov+default_base_moof",
    "frag_duration=1000000",
    "write_tmcd=0",
  ];
  return [
    `[${hls.join(":")}]${output}/${written.playlist}`,
    `[${mp4.join(":")}]${output}/${written.film}`,
  ].join("|");
}

/** Escapes text once, as the tee muxer and its lists of options each want it. */
const escaped = (text: string) => text.replaceAll(/[\\':|[\]]/g, String.raw`\$&`);
