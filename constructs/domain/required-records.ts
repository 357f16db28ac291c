import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { certificateAuthorities } from "./certificate-authorities.ts";

/** A DNS record that somebody has to create by hand. */
export interface RequiredRecord {
  readonly name: string;
  readonly type: "A" | "CNAME" | "CAA";
  readonly value: string;
}

/**
 * Addresses for a host that is the zone itself, which can have no CNAME. Source:
 * docs.digitalocean.com/products/app-platform/details/static-ips-egress.
 */
const apexAddresses = ["162.159.140.98", "172.66.0.96"] as const;

/**
 * The records that a zone managed elsewhere needs: both hosts lead to the app, and the certificate authorities are
 * allowed.
 *
 * @param ingressHost host of the app's default address.
 */
export function requiredRecords(
  { domain }: EnvironmentConfig,
  ingressHost: string,
): RequiredRecord[] {
  return [
    ...hostRecords(domain.appHost, domain.zone, ingressHost),
    ...hostRecords(domain.mediaHost, domain.zone, ingressHost),
    ...certificateAuthorities.map((authority) => ({
      name: domain.zone,
      type: "CAA" as const,
      value: `0 issue "${authority}"`,
    })),
  ];
}

function hostRecords(host: string, zone: string, ingressHost: string): RequiredRecord[] {
  return host === zone
    ? apexAddresses.map((value) => ({ name: host, type: "A", value }))
    : [{ name: host, type: "CNAME", value: ingressHost }];
}
