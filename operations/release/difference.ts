import type { Release } from "../../environments/schema/release.ts";
import { type ImageName, imageNames } from "../../environments/schema/environment.ts";
import { columns } from "../context/columns.ts";

/** A component that gets another image. */
export interface ImageChange {
  readonly component: ImageName;
  /** Undefined where there was none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The components whose images differ between two releases. */
export function imageChanges(from: Release, to: Release): ImageChange[] {
  return imageNames
    .map((component) => ({
      component,
      from: from.images[component],
      to: to.images[component],
    }))
    .filter((change) => change.from !== change.to);
}

/** Digits of a digest that are shown: enough to tell images apart, few enough to read. */
const shownDigits = 12;

/** A digest as people read it: `sha256:e6c628bccb70`. */
export function shortDigest(digest: string): string {
  return digest.slice(0, "sha256:".length + shownDigits);
}

/**
 * Changes as lines, `api   sha256:e6c628bccb70 (v1.3.0) → sha256:0d1c5f5f6b3a (v1.4.0)`.
 *
 * @param nameOf what people call an image, such as its tag.
 */
export function renderChanges(
  changes: readonly ImageChange[],
  nameOf: (component: ImageName, digest: string) => string | undefined = () => undefined,
): string {
  const shown = (component: ImageName, digest: string | undefined) => {
    if (digest === undefined) return "none";
    const name = nameOf(component, digest);
    return name === undefined ? shortDigest(digest) : `${shortDigest(digest)} (${name})`;
  };
  const rows = changes.map(({ component, from, to }) => [
    `  ${component}`,
    `${shown(component, from)} → ${shown(component, to)}`,
  ]);
  return columns(rows)
    .map((line) => `${line}\n`)
    .join("");
}
