import type { ImageBehaviour, Manifest } from "../registry/model.ts";
import type { Store } from "../store.ts";
import type { RunningComponent } from "./spec/spec.ts";

type Image = NonNullable<RunningComponent["spec"]["image"]>;

function manifestsOf({ registries, externalImages }: Store, image: Image): readonly Manifest[] {
  const { registry_type: type, registry = "", repository: name } = image;
  if (type === "DOCR") {
    return registries
      .filter((one) => registry === "" || one.name === registry)
      .flatMap(({ repositories }) => repositories)
      .filter((repository) => repository.name === name)
      .flatMap(({ manifests }) => manifests);
  }
  const full = registry === "" ? name : `${registry}/${name}`;
  return externalImages
    .filter((one) => one.registry_type === type && one.repository === full)
    .flatMap(({ manifests }) => manifests);
}

/** What a build from a repository's code gives: code that works. Failures of a build are demanded. */
export const builtImage: ImageBehaviour = { healthy: true, migration: "succeeds", startSeconds: 5 };

/** The image with a digest, if its repository has one. */
export function imageOf(store: Store, image: Image, digest: string): Manifest | undefined {
  return manifestsOf(store, image).find((manifest) => manifest.digest === digest);
}

/** The digest that an image stands for: its own, or that of its tag at this moment. */
export function currentDigest(store: Store, image: Image): string | undefined {
  if (image.digest !== undefined) return image.digest;
  const tag = image.tag ?? "latest";
  return manifestsOf(store, image).find(({ tags }) => tags.includes(tag))?.digest;
}
