import { z } from "zod";
import { links, type Endpoint } from "./endpoint.ts";

/** A container registry of the account. */
export const registry = z.looseObject({ name: z.string() });

/** A tag of a repository, and the image that it stands for now. */
export const registryTag = z.looseObject({
  tag: z.string(),
  manifest_digest: z.string(),
  updated_at: z.string().nullish(),
});

/** An image of a repository. */
export const registryManifest = z.looseObject({
  digest: z.string(),
  tags: z.array(z.string()).nullish(),
  updated_at: z.string().nullish(),
});

const repository = "/v2/registries/{registry}/repositories/{repository}";

/** Calls about container registries. */
export const registries = {
  listRegistries: {
    method: "GET",
    path: "/v2/registries",
    response: z.looseObject({ registries: z.array(registry).nullish() }),
  },
  getRegistryCredentials: {
    method: "GET",
    path: "/v2/registries/{registry}/docker-credentials",
    response: z.looseObject({ auths: z.record(z.string(), z.looseObject({ auth: z.string() })) }),
  },
  listRegistryTags: {
    method: "GET",
    path: `${repository}/tags`,
    response: z.looseObject({ tags: z.array(registryTag).nullish(), links }),
  },
  listRegistryDigests: {
    method: "GET",
    path: `${repository}/digests`,
    response: z.looseObject({ manifests: z.array(registryManifest).nullish(), links }),
  },
} as const satisfies Record<string, Endpoint>;
