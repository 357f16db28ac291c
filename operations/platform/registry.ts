import type { z } from "zod";

import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { registryManifest } from "@mam-infra/clients/digitalocean/registries";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { everyPage } from "./every-page.ts";

/** An image of a repository: its digest, and the tags that stand for it now. */
export type RegistryImage = z.output<typeof registryManifest>;

/**
 * The images of repositories, newest first, each by its name; undefined for one that no registry of the account has. The
 * app names repositories only, so any registry of the account will do.
 */
export async function repositoryImages(
  api: DigitalOcean,
  repositories: readonly string[],
): Promise<ReadonlyMap<string, readonly RegistryImage[] | undefined>> {
  const names = await registryNames(api);
  const images = [...new Set(repositories)].map(
    async (repository) => [repository, await imagesOf(api, names, repository)] as const,
  );
  return new Map(await Promise.all(images));
}

/** The registry of the account that has an image. @throws Error when none has it */
export async function registryWith(
  api: DigitalOcean,
  repository: string,
  digest: string,
): Promise<string> {
  for (const name of await registryNames(api)) {
    const images = await imagesIn(api, name, repository);
    if (images?.some((image) => image.digest === digest)) return name;
  }
  throw new Error(`no registry of the account has ${repository}@${digest}`);
}

async function registryNames(api: DigitalOcean): Promise<readonly string[]> {
  const { registries } = await api.call("listRegistries", {});
  return (registries ?? []).map(({ name }) => name);
}

async function imagesOf(
  api: DigitalOcean,
  registries: readonly string[],
  repository: string,
): Promise<readonly RegistryImage[] | undefined> {
  const found = await Promise.all(registries.map((name) => imagesIn(api, name, repository)));
  const present = found.filter((images) => images !== undefined);
  if (present.length === 0) return undefined;
  return present
    .flat()
    .toSorted((one, other) => (other.updated_at ?? "").localeCompare(one.updated_at ?? ""));
}

async function imagesIn(
  api: DigitalOcean,
  registry: string,
  repository: string,
): Promise<RegistryImage[] | undefined> {
  try {
    return await everyPage(
      (query) => api.call("listRegistryDigests", { registry, repository }, { query }),
      ({ manifests }) => manifests,
    );
  } catch (error) {
    if (refusedWith(error) === 404) return undefined;
    throw error;
  }
}
