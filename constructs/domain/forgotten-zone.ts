import type { TerraformStack } from "cdktf";

import { certificateAuthorities } from "./certificate-authorities.ts";
import { authorityId } from "./dns-zone.ts";

/**
 * Lets Terraform forget a zone that is managed elsewhere now. Without it, leaving the zone out would delete it, with every
 * record in it, while resolvers may still ask it. It stays in the account until somebody deletes it by hand:
 * docs/stateful-resources.md. Where there never was one, nothing happens.
 *
 * The bindings have no `removed` blocks (cdktf 0.21), so they are written as an override.
 */
export function forgetZone(stack: TerraformStack): void {
  const records = certificateAuthorities.map((authority) => `dns_${authorityId(authority)}`);
  stack.addOverride("removed", [
    ...records.map((name) => forgotten(`digitalocean_record.${name.replaceAll("-", "_")}`)),
    forgotten("digitalocean_domain.zone"),
  ]);
}

function forgotten(from: string) {
  return { from, lifecycle: { destroy: false } };
}
