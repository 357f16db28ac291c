import { brokenClips } from "./table/broken.ts";
import { cameraClips } from "./table/cameras.ts";
import { computerClips } from "./table/computers.ts";
import { phoneClips } from "./table/phones.ts";

/** The clips, each small, and each a kind of file that people bring. */
export const clips = [...phoneClips, ...cameraClips, ...computerClips, ...brokenClips];
