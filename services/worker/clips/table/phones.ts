import { rotated } from "../bytes.ts";
import type { Clip } from "../clip.ts";
import {
  aac,
  black,
  blue,
  film,
  h264,
  hevc,
  leftAndBlack,
  picture,
  plain,
  red,
  redAndBlue,
  tone,
  white,
} from "./sources.ts";

/** Clips of phones. */
export const phoneClips: readonly Clip[] = [
  {
    name: "phone-portrait",
    what: "Portrait clip of a phone: stored lying, with a rotation of 90 degrees",
    file: "clip.mov",
    make: [...redAndBlue, ...tone(2), ...h264, ...aac],
    change: (bytes) => rotated(bytes, 90),
    outcome: film(360, 640, 60),
    corners: { upperLeft: red, lowerRight: blue },
  },
  {
    name: "phone-upside-down",
    what: "Clip of a phone held upside down: a rotation of 180 degrees",
    file: "clip.mov",
    make: [...redAndBlue, ...tone(2), ...h264, ...aac],
    change: (bytes) => rotated(bytes, 180),
    outcome: film(640, 360, 60),
    corners: { upperLeft: blue, lowerRight: red },
  },
  {
    name: "variable-frame-rate",
    what: "Variable frame rate: 30, 12 and 60 frames a second by turns",
    file: "clip.mp4",
    make: [
      ...picture(
        "s=320x180:r=60:d=6",
        String.raw`select='if(lt(mod(t\,3)\,1)\,not(mod(n\,2))\,if(lt(mod(t\,3)\,2)\,not(mod(n\,5))\,1))'`,
      ),
      ...tone(6),
      ...["-fps_mode", "vfr"],
      ...h264,
      ...aac,
    ],
    outcome: film(320, 180, 204),
  },
  {
    name: "slow-motion",
    what: "Slow motion of a phone: 240 frames a second",
    file: "clip.mov",
    make: [...picture("s=320x180:r=240:d=2"), ...tone(2), ...h264, ...aac],
    outcome: film(320, 180, 120),
  },
  {
    name: "hevc-pq",
    what: "HEVC, 10 bit, HDR with PQ",
    file: "clip.mp4",
    // White of HDR on the left: 203 candela per square metre.
    make: [...leftAndBlack("0x949494"), ...hevc("smpte2084")],
    outcome: film(640, 360, 25, false),
    corners: { upperLeft: white, lowerRight: black },
  },
  {
    name: "hevc-hlg",
    what: "HEVC, 10 bit, HDR with HLG",
    file: "clip.mov",
    make: [...leftAndBlack("0xbfbfbf"), ...tone(1), ...hevc("arib-std-b67"), ...aac],
    outcome: film(640, 360, 25),
    corners: { upperLeft: white, lowerRight: black },
  },
  {
    name: "index-at-the-end",
    what: "Index (`moov`) at the end, as cameras write it",
    file: "clip.mp4",
    make: plain,
    outcome: film(640, 360, 75),
  },
  {
    name: "no-sound",
    what: "No sound",
    file: "clip.mp4",
    make: [...picture("s=640x360:r=25:d=2"), ...h264],
    outcome: film(640, 360, 50, false),
  },
];
