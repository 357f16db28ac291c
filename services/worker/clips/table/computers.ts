import type { Clip } from "../clip.ts";
import { aac, film, h264, picture, tone } from "./sources.ts";

/** Clips of computers, new and old. */
export const computerClips: readonly Clip[] = [
  {
    name: "odd-size",
    what: "Odd width and height",
    file: "clip.mp4",
    make: [
      ...picture("s=853x481:r=25:d=2"),
      ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p"],
    ],
    outcome: film(852, 480, 50, false),
  },
  {
    name: "three-frames",
    what: "Three frames",
    file: "clip.mp4",
    make: [...picture("s=640x360:r=25:d=1"), "-frames:v", "3", ...h264],
    outcome: film(640, 360, 3, false),
  },
  {
    name: "one-frame",
    what: "One frame",
    file: "clip.mp4",
    make: [...picture("s=640x360:r=25:d=1"), "-frames:v", "1", ...h264],
    outcome: film(640, 360, 1, false),
  },
  {
    name: "sound-longer",
    what: "Sound that goes on when the picture has ended",
    file: "clip.mp4",
    make: [...picture("s=640x360:r=25:d=2"), ...tone(4), ...h264, ...aac],
    outcome: film(640, 360, 50),
  },
  {
    name: "browser-recording",
    what: "Recording of a browser: WebM that does not say how long it is",
    file: "clip.webm",
    make: [
      ...picture("s=640x360:r=30:d=2"),
      ...tone(2),
      ...["-c:v", "libvpx", "-deadline", "realtime", "-b:v", "1M", "-c:a", "libopus"],
      ...["-live", "1"],
    ],
    outcome: film(640, 360, 60),
  },
  {
    name: "windows-media",
    what: "Windows Media of long ago",
    file: "clip.wmv",
    make: [
      ...picture("s=320x240:r=25:d=2"),
      ...tone(2),
      "-c:v",
      "wmv2",
      "-b:v",
      "1M",
      "-c:a",
      "wmav2",
    ],
    outcome: film(320, 240, 50),
  },
  {
    name: "motion-jpeg",
    what: "Motion JPEG in AVI: full range",
    file: "clip.avi",
    make: [
      ...picture("s=640x480:r=15:d=2"),
      ...tone(2),
      ...["-c:v", "mjpeg", "-pix_fmt", "yuvj422p", "-c:a", "pcm_s16le"],
    ],
    outcome: film(640, 480, 30),
  },
  {
    name: "animation",
    what: "An animated GIF whose last picture stands for two seconds",
    file: "clip.gif",
    make: [...picture("s=200x150:r=10:d=2"), "-final_delay", "200"],
    outcome: { ...film(200, 150, 20, false), seconds: 2 },
  },
];
