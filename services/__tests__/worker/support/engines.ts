import { engines, skipWithout } from "../../../local/engines.ts";

/** Options of tests that need a real Valkey and a real ffmpeg. */
export const withEngines = { skip: skipWithout("valkey", "ffmpeg") };

/** ffmpeg, as it was found. */
export const ffmpeg = engines.found.ffmpeg?.program ?? "ffmpeg";
