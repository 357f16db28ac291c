import type { RegistryImage } from "../platform/registry.ts";

/** What a reference stands for, or why it stands for nothing. */
export type Resolution = { readonly digest: string } | { readonly problem: string };

/** Tags and digests that are listed when one is not there. */
const listed = 8;

/** Looks a tag or digest up among the images of a repository. */
export function resolveImage(
  repository: string,
  reference: string,
  images: readonly RegistryImage[] | undefined,
): Resolution {
  if (images === undefined) {
    return { problem: `no registry of the account has the repository ${repository}` };
  }
  const isDigest = reference.startsWith("sha256:");
  const image = images.find(({ digest, tags }) =>
    isDigest ? digest === reference : tags?.includes(reference),
  );
  if (image) return { digest: image.digest };
  const known = isDigest
    ? images.map(({ digest }) => digest)
    : images.flatMap(({ tags }) => tags ?? []);
  return { problem: missing(repository, isDigest ? "digest" : "tag", reference, known) };
}

function missing(
  repository: string,
  kind: "tag" | "digest",
  reference: string,
  known: readonly string[],
): string {
  const nothing = `${repository} has no image with the ${kind} ${reference}`;
  if (known.length === 0) return `${nothing}; it has none with a ${kind}`;
  // The sort is stable: of equally close ones the newest comes first.
  const closest = known.toSorted(
    (one, other) => sharedStart(other, reference) - sharedStart(one, reference),
  );
  const more = known.length > listed ? `, and ${known.length - listed} more` : "";
  return `${nothing}; closest first it has ${closest.slice(0, listed).join(", ")}${more}`;
}

/** How many letters two texts have in common from their beginning: what versions and commits are told apart by. */
function sharedStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}
