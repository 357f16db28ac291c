import type { Clip } from "../clip.ts";
import { aac, film, h264, picture, plain, tone } from "./sources.ts";

/** Clips of cameras and editing programs. */
export const cameraClips: readonly Clip[] = [
  {
    name: "timecode-track",
    what: "A timecode track beside picture and sound",
    file: "clip.mov",
    make: [...plain, "-timecode", "10:00:00:00"],
    outcome: film(640, 360, 75),
  },
  {
    name: "prores-422",
    what: "ProRes 422, 10 bit",
    file: "clip.mov",
    make: [
      ...picture("s=1920x1080:r=25:d=1"),
      ...["-c:v", "prores_ks", "-profile:v", "2", "-pix_fmt", "yuv422p10le"],
      ...["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"],
    ],
    outcome: film(1280, 720, 25, false),
  },
  {
    name: "prores-4444",
    what: "ProRes 4444 with transparency",
    file: "clip.mov",
    make: [
      ...picture("s=640x360:r=25:d=1", "format=yuva444p10le,colorchannelmixer=aa=0.5"),
      ...["-c:v", "prores_ks", "-profile:v", "4", "-pix_fmt", "yuva444p10le"],
    ],
    outcome: film(640, 360, 25, false),
  },
  {
    name: "rate-23-976",
    what: "23.976 frames a second",
    file: "clip.mp4",
    make: [...picture("s=320x180:r=24000/1001:d=5"), ...tone(5), ...h264, ...aac],
    outcome: film(320, 180, 120),
  },
  {
    name: "rate-59-94",
    what: "59.94 frames a second",
    file: "clip.mp4",
    make: [...picture("s=320x180:r=60000/1001:d=5"), ...tone(5), ...h264, ...aac],
    outcome: film(320, 180, 300),
  },
  {
    name: "interlaced-anamorphic",
    what: "Television: MPEG-2, interlaced, pixels that are not square",
    file: "clip.mpg",
    make: [
      ...picture("s=720x576:r=50:d=2", "interlace,setsar=64/45"),
      ...["-f", "lavfi", "-i", "sine=d=2:r=48000"],
      ...["-c:v", "mpeg2video", "-b:v", "4M", "-flags", "+ildct+ilme", "-top", "1", "-c:a", "mp2"],
    ],
    outcome: film(1024, 576, 50),
  },
  {
    name: "transport-stream",
    what: "Camcorder: H.264 in a transport stream",
    file: "clip.m2ts",
    make: [...picture("s=640x360:r=25:d=3"), ...tone(3), ...h264, "-c:a", "ac3"],
    outcome: film(640, 360, 75),
  },
  {
    name: "several-tracks-of-sound",
    what: "Broadcast camera: four mono tracks of sound, in MXF",
    file: "clip.mxf",
    make: [
      ...picture("s=640x360:r=25:d=2"),
      ...Array.from({ length: 4 }, () => tone(2)).flat(),
      ...["-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map", "4"],
      ...["-c:v", "mpeg2video", "-b:v", "4M", "-c:a", "pcm_s16le"],
    ],
    outcome: film(640, 360, 50),
  },
  {
    name: "surround",
    what: "Surround sound (5.1)",
    file: "clip.mp4",
    make: [
      ...picture("s=640x360:r=25:d=2"),
      ...[
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=d=2:r=48000,pan=5.1|FL=c0|FR=c0|FC=c0|LFE=c0|BL=c0|BR=c0",
      ],
      ...h264,
      ...aac,
    ],
    outcome: film(640, 360, 50),
  },
];
