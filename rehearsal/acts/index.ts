import type { Act } from "./act.ts";
import { deploy } from "./deploy.ts";
import { failedRelease } from "./failed-release.ts";
import { release } from "./release.ts";
import { rollback } from "./rollback.ts";
import { unchanged } from "./unchanged.ts";

/** Every act, in the order in which they are played. */
export const acts: readonly Act[] = [deploy, unchanged, release, failedRelease, rollback];
