import { z } from "zod";

import { created, endpoint, noContent, ok } from "../api/endpoint.ts";
import type { Endpoint } from "../api/endpoint.ts";
import { conflict, notImplemented } from "../api/errors.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { dockerCredentials } from "./credentials.ts";
import {
  createRegistry,
  describeManifest,
  describeRegistry,
  describeRepository,
  describeTags,
  findManifest,
  findRegistry,
  findRepository,
} from "./registry.ts";

const name = z.string().regex(/^[a-z0-9-]{1,63}$/);

const tier = {
  name: "Professional",
  slug: "professional",
  included_repositories: 0,
  included_storage_bytes: 107_374_182_400,
  allow_storage_overage: true,
  included_bandwidth_bytes: 0,
  monthly_price_in_cents: 2000,
  storage_overage_price_in_cents: 2,
};

/**
 * What is below a registry. It stands under `/v2/registries/:registry` and, deprecated and still in use, under
 * `/v2/registry/:registry`.
 */
function contentEndpoints(base: "/v2/registries" | "/v2/registry"): Endpoint[] {
  return [
    endpoint({
      method: "GET",
      path: `${base}/:registry/repositoriesV2` as const,
      scope: "registry:read",
      query: pageQuery.extend({ page_token: z.string().exactOptional() }),
      handle: ({ store, params, query, url }) => {
        const registry = findRegistry(store, params.registry);
        const list = registry.repositories.map((one) => describeRepository(registry, one));
        return ok(paginate("repositories", list, { query, url }));
      },
    }),
    endpoint({
      method: "GET",
      path: `${base}/:registry/repositories/:repository/tags` as const,
      scope: "registry:read",
      query: pageQuery,
      handle: ({ store, params, query, url }) => {
        const registry = findRegistry(store, params.registry);
        const repository = findRepository(registry, params.repository);
        return ok(paginate("tags", describeTags(registry, repository), { query, url }));
      },
    }),
    endpoint({
      method: "GET",
      path: `${base}/:registry/repositories/:repository/digests` as const,
      scope: "registry:read",
      query: pageQuery,
      handle: ({ store, params, query, url }) => {
        const registry = findRegistry(store, params.registry);
        const repository = findRepository(registry, params.repository);
        const list = repository.manifests.map((one) => describeManifest(registry, repository, one));
        return ok(paginate("manifests", list, { query, url }));
      },
    }),
    endpoint({
      method: "DELETE",
      path: `${base}/:registry/repositories/:repository/digests/:digest` as const,
      scope: "registry:delete",
      handle: ({ store, params }) => {
        const repository = findRepository(findRegistry(store, params.registry), params.repository);
        const manifest = findManifest(repository, params.digest);
        repository.manifests.splice(repository.manifests.indexOf(manifest), 1);
        return noContent();
      },
    }),
  ];
}

/** The account's container registries. Source: DigitalOcean API description, `registry/`. */
export const registryEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/registries",
    scope: "registry:read",
    handle: ({ store }) => ok({ registries: store.registries.map(describeRegistry) }),
  }),
  endpoint({
    method: "POST",
    path: "/v2/registries",
    scope: "registry:create",
    body: z.strictObject({
      name,
      subscription_tier_slug: z.enum(["starter", "basic", "professional"]).exactOptional(),
      region: z
        .enum(["nyc3", "sfo3", "sfo2", "ams3", "sgp1", "fra1", "blr1", "syd1"])
        .default("nyc3"),
    }),
    handle: ({ store, body, at }) => {
      const registry = createRegistry(store, body.name, body.region, at);
      return created({ registry: describeRegistry(registry) });
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/registries/subscription",
    scope: "registry:read",
    handle: ({ store }) => {
      const { createdAt } = store.account;
      return ok({ subscription: { tier, created_at: createdAt, updated_at: createdAt } });
    },
  }),
  endpoint({
    method: "POST",
    path: "/v2/registries/validate-name",
    scope: "registry:create",
    body: z.strictObject({ name }),
    handle: ({ store, body }) => {
      if (store.registries.some((registry) => registry.name === body.name)) {
        throw conflict("registry name is not available");
      }
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/registries/:registry",
    scope: "registry:read",
    handle: ({ store, params }) =>
      ok({ registry: describeRegistry(findRegistry(store, params.registry)) }),
  }),
  endpoint({
    method: "DELETE",
    path: "/v2/registries/:registry",
    scope: "registry:delete",
    handle: ({ store, params }) => {
      const registry = findRegistry(store, params.registry);
      store.registries.splice(store.registries.indexOf(registry), 1);
      return noContent();
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/registries/:registry/docker-credentials",
    scope: "registry:read",
    query: z.strictObject({
      expiry_seconds: z.coerce.number().int().min(0).exactOptional(),
      read_write: z.enum(["true", "false"]).exactOptional(),
    }),
    handle: ({ store, params, query }) => {
      findRegistry(store, params.registry);
      if (query.read_write === "true") throw notImplemented("credentials that push images");
      return ok(dockerCredentials(store));
    },
  }),
  ...contentEndpoints("/v2/registries"),
  ...contentEndpoints("/v2/registry"),
];
