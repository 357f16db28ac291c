import { z } from "zod";

import { type ComponentName, type ImageName, componentNames, imageNames } from "./environment.ts";

const digestPattern = /^sha256:[0-9a-f]{64}$/;

const digest = z.string().regex(digestPattern);

/** The digest of each component's image, and of the backup's where there is one. */
export const imagesSchema = z
  .strictObject({
    ...(Object.fromEntries(componentNames.map((name) => [name, digest])) as Record<
      ComponentName,
      typeof digest
    >),
    backup: digest.exactOptional(),
  })
  .readonly();

/**
 * `<environment>.release.json`: the digest of each component's image. It is the whole of what a release changes: a tag
 * can be moved behind the platform's back, is not picked up by an apply, and cannot be rolled back to.
 */
export const releaseSchema = z.strictObject({ images: imagesSchema }).readonly();

/** The images that an environment runs. */
export type Release = z.output<typeof releaseSchema>;

/** The images that a release has, by name. */
export const imagesOfRelease = (images: Release["images"]): (readonly [ImageName, string])[] =>
  imageNames.flatMap((name) => {
    const { [name]: one } = images;
    return one === undefined ? [] : [[name, one] as const];
  });
