import { findEngines, skipReason } from "../../../../packages/engines/src/index.ts";

/** The real programs that a worker needs. */
export const engines = await findEngines({ only: ["valkey", "ffmpeg"] });

/** Options of tests that need them: skipped, with the line that brings them, where they are not. */
export const withEngines = { skip: skipReason(engines, ["valkey", "ffmpeg"]) ?? false };

/** ffmpeg, as it was found. */
export const ffmpeg = engines.found.ffmpeg?.program ?? "ffmpeg";
