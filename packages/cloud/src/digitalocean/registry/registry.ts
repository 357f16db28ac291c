import { conflict, notFound } from "../api/errors.ts";
import type { Store } from "../store.ts";
import { behaviourOf } from "./model.ts";
import type { ImageContent, Manifest, Registry, Repository } from "./model.ts";

/** Finds a registry. @throws ApiError 404. */
export function findRegistry({ registries }: Store, name: string): Registry {
  const registry = registries.find((one) => one.name === name);
  if (!registry) throw notFound("registry does not exist");
  return registry;
}

/** Finds a repository. @throws ApiError 404. */
export function findRepository(registry: Registry, name: string): Repository {
  const repository = registry.repositories.find((one) => one.name === name);
  if (!repository) throw notFound("repository does not exist");
  return repository;
}

/** Finds an image by digest. @throws ApiError 404. */
export function findManifest({ manifests }: Repository, digest: string): Manifest {
  const manifest = manifests.find((one) => one.digest === digest);
  if (!manifest) throw notFound("manifest does not exist");
  return manifest;
}

/** Creates a registry. @throws ApiError 409 when the name is taken. */
export function createRegistry(store: Store, name: string, region: string, at: Date): Registry {
  if (store.registries.some((registry) => registry.name === name)) {
    throw conflict("registry name is not available");
  }
  const registry = { name, region, created_at: at.toISOString(), repositories: [] };
  store.registries.push(registry);
  return registry;
}

/** An image that is pushed. */
export interface Push {
  readonly repository: string;
  readonly digest: string;
  readonly tags?: readonly string[];
  readonly image: ImageContent;
}

/** Pushes an image; its tags move to it from whatever image had them. */
export function pushImage(registry: Registry, push: Push, at: Date): Manifest {
  const { repository: name, digest, tags = [], image } = push;
  const known = registry.repositories.find((one) => one.name === name);
  const repository = known ?? { name, manifests: [] };
  if (!known) registry.repositories.push(repository);
  repository.manifests.forEach((manifest) => {
    manifest.tags.splice(
      0,
      manifest.tags.length,
      ...manifest.tags.filter((tag) => !tags.includes(tag)),
    );
  });
  const manifest = { ...behaviourOf(image), digest, tags: [...tags], updated_at: at.toISOString() };
  const index = repository.manifests.findIndex((one) => one.digest === digest);
  repository.manifests.splice(index < 0 ? 0 : index, index < 0 ? 0 : 1, manifest);
  return manifest;
}

const imageBytes = { compressed_size_bytes: 98_566_144, size_bytes: 262_144_000 };

const place = (registry: Registry, repository: Repository) => ({
  registry_name: registry.name,
  repository: repository.name,
});

/** An image as the API shows it. */
export function describeManifest(registry: Registry, repository: Repository, manifest: Manifest) {
  const { digest, tags, updated_at } = manifest;
  return {
    ...place(registry, repository),
    digest,
    ...imageBytes,
    updated_at,
    tags,
    blobs: [{ digest, compressed_size_bytes: imageBytes.compressed_size_bytes }],
  };
}

/** A repository as the API shows it. */
export function describeRepository(registry: Registry, repository: Repository) {
  const { name, manifests } = repository;
  const latest = manifests.toSorted((one, other) => other.updated_at.localeCompare(one.updated_at));
  return {
    registry_name: registry.name,
    name,
    ...(latest[0] ? { latest_manifest: describeManifest(registry, repository, latest[0]) } : {}),
    tag_count: manifests.flatMap(({ tags }) => tags).length,
    manifest_count: manifests.length,
  };
}

/** The tags of a repository as the API shows them. */
export function describeTags(registry: Registry, repository: Repository) {
  return repository.manifests.flatMap(({ tags, digest, updated_at }) =>
    tags.map((tag) => ({
      ...place(registry, repository),
      tag,
      manifest_digest: digest,
      ...imageBytes,
      updated_at,
    })),
  );
}

/** A registry as the API shows it. */
export function describeRegistry({ name, region, created_at, repositories }: Registry) {
  const images = repositories.flatMap(({ manifests }) => manifests).length;
  return {
    name,
    region,
    created_at,
    storage_usage_bytes: images * imageBytes.compressed_size_bytes,
    storage_usage_bytes_updated_at: created_at,
  };
}
