import type { Shape } from "./shape.ts";
import { apiAlone } from "./shapes/api-alone.ts";
import { frankfurt } from "./shapes/frankfurt.ts";
import { fromCode } from "./shapes/from-code.ts";
import { grown } from "./shapes/grown.ts";
import { manyHosts } from "./shapes/many-hosts.ts";
import { minimal } from "./shapes/minimal.ts";
import { oneImage } from "./shapes/one-image.ts";
import { renamed } from "./shapes/renamed.ts";

/** Platforms that were made by hand, each of another shape. */
export const shapes: readonly Shape[] = [
  ...[minimal, renamed, frankfurt, manyHosts, apiAlone],
  ...[oneImage, grown, fromCode],
];

/** The one that the rehearsal takes over: nothing in it is called as ours is. */
export const rehearsedShape = renamed;
