import { type HcpEndpoint, endpoint } from "../endpoint.ts";
import { notFound } from "../errors.ts";
import type { HcpStore } from "../model.ts";

/** @throws HcpError 404 for another organisation than the one that there is. */
export function checkOrganization({ organization }: HcpStore, name: string | undefined): void {
  if (name !== organization) throw notFound();
}

/** What Terraform asks before anything else. */
export const serviceEndpoints: readonly HcpEndpoint[] = [
  endpoint({ method: "GET", path: "/ping", handle: () => ({ status: 204 }) }),
  endpoint({
    method: "GET",
    path: "/organizations/:organization/entitlement-set",
    handle: ({ store, parameters: { organization } }) => {
      checkOrganization(store, organization);
      return {
        document: {
          data: {
            id: `${store.organization}-entitlements`,
            type: "entitlement-sets",
            attributes: { operations: true, "state-storage": true },
          },
        },
      };
    },
  }),
];
