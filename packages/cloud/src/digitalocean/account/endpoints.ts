import { endpoint, ok } from "../api/endpoint.ts";
import { pageQuery, paginate } from "../api/pagination.ts";
import { datacentres } from "../regions.ts";
import { isSold } from "../withdrawn.ts";
import { dropletSizes } from "./sizes.ts";

/** The account and what every account can choose from. Source: DigitalOcean API description, `account/`, `regions/`, `sizes/`. */
export const accountEndpoints = [
  endpoint({
    method: "GET",
    path: "/v2/account",
    scope: "account:read",
    handle: ({ store: { account } }) =>
      ok({
        account: {
          droplet_limit: 25,
          floating_ip_limit: 5,
          email: account.email,
          name: account.name,
          uuid: account.uuid,
          email_verified: account.isEmailVerified,
          status: account.standing.status,
          status_message: account.standing.message,
          team: { uuid: account.uuid, name: account.team },
        },
      }),
  }),
  endpoint({
    method: "GET",
    path: "/v2/regions",
    scope: "regions:read",
    query: pageQuery,
    handle: ({ store, query, url }) => {
      const regions = datacentres.map(({ slug, name }) => ({
        slug,
        name,
        features: ["backups", "ipv6", "metadata", "install_agent", "storage", "image_transfer"],
        available: isSold(store, slug),
        sizes: dropletSizes.filter((size) => size.regions.includes(slug)).map((size) => size.slug),
      }));
      return ok(paginate("regions", regions, { query, url }));
    },
  }),
  endpoint({
    method: "GET",
    path: "/v2/sizes",
    scope: "sizes:read",
    query: pageQuery,
    handle: ({ query, url }) => ok(paginate("sizes", dropletSizes, { query, url })),
  }),
];
