import { z } from "zod";

import { type ComponentName, componentNames } from "./environment.ts";

const digestPattern = /^sha256:[0-9a-f]{64}$/;

const digest = z.string().regex(digestPattern);

/** The digest of each component's image. */
export const imagesSchema = z
  .strictObject(
    Object.fromEntries(componentNames.map((name) => [name, digest])) as Record<
      ComponentName,
      typeof digest
    >,
  )
  .readonly();

/**
 * `<environment>.release.json`: the digest of each component's image. It is the whole of what a release changes: a tag
 * can be moved behind the platform's back, is not picked up by an apply, and cannot be rolled back to.
 */
export const releaseSchema = z.strictObject({ images: imagesSchema }).readonly();

/** The images that an environment runs. */
export type Release = z.output<typeof releaseSchema>;
