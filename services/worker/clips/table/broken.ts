import { cut, damaged } from "../bytes.ts";
import type { Clip } from "../clip.ts";
import { aac, film, h264, picture, plain, refused, tone } from "./sources.ts";

/** Files that are damaged, or no films. */
export const brokenClips: readonly Clip[] = [
  {
    name: "scratched",
    what: "A tenth of the file damaged, in the middle",
    file: "clip.mp4",
    make: [...picture("s=640x360:r=25:d=10"), ...h264, "-g", "25", "-movflags", "+faststart"],
    change: (bytes) => damaged(bytes, 0.5, 0.6),
    outcome: film(640, 360, undefined, false),
  },
  {
    name: "ruined",
    what: "Nothing of the picture can be read",
    file: "clip.mp4",
    make: [...picture("s=640x360:r=25:d=4"), ...h264, "-movflags", "+faststart"],
    change: (bytes) => damaged(bytes, 0.02, 1),
    outcome: refused(/damaged/),
  },
  {
    name: "cut-index-at-the-end",
    what: "Cut in the middle, index at the end",
    file: "clip.mp4",
    make: plain,
    change: (bytes) => cut(bytes, 0.5),
    outcome: refused(/cut off: its index/),
  },
  {
    name: "cut-index-in-front",
    what: "Cut in the middle, index in front",
    file: "clip.mp4",
    make: [
      ...picture("s=640x360:r=25:d=10"),
      ...tone(10),
      ...h264,
      ...aac,
      "-movflags",
      "+faststart",
    ],
    change: (bytes) => cut(bytes, 0.5),
    outcome: refused(/should last 0:10, and what can be read ends after 0:0[45]/),
  },
  {
    name: "cut-matroska",
    what: "Matroska, cut in the middle",
    file: "clip.mkv",
    make: [...picture("s=640x360:r=25:d=10"), ...tone(10), ...h264, ...aac],
    change: (bytes) => cut(bytes, 0.5),
    outcome: refused(/should last 0:10, and what can be read ends after 0:0[45]/),
  },
  {
    name: "sound-only",
    what: "Sound only",
    file: "clip.m4a",
    make: [...tone(2), ...aac],
    outcome: refused(/no video, only sound/),
  },
  {
    name: "sound-with-cover",
    what: "Sound with a cover picture",
    file: "clip.mp3",
    make: [
      ...tone(2),
      ...picture("s=200x200:r=1:d=1"),
      ...["-map", "0:a", "-map", "1:v", "-frames:v", "1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"],
      ...["-disposition:v:0", "attached_pic"],
    ],
    outcome: refused(/no video, only sound/),
  },
  {
    name: "photograph",
    what: "A photograph",
    file: "clip.jpg",
    make: [...picture("s=640x360:r=1:d=1"), "-frames:v", "1", "-update", "1"],
    outcome: refused(/not a film/),
  },
  {
    name: "text",
    what: "A text that is called a film",
    file: "clip.mp4",
    make: plain,
    change: () => Buffer.from("Dear colleagues,\n".repeat(200)),
    outcome: refused(/not a film/),
  },
  {
    name: "empty",
    what: "An empty file",
    file: "clip.mp4",
    make: plain,
    change: () => Buffer.alloc(0),
    outcome: refused(/not a film/),
  },
  {
    name: "playlist",
    what: "A playlist that is called a film, and names other addresses",
    file: "clip.mp4",
    make: plain,
    change: () =>
      Buffer.from("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n"),
    outcome: refused(/not a film/),
  },
];
