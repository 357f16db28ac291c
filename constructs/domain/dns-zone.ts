import { Domain } from "@cdktf/provider-digitalocean/lib/domain/index.js";
import { Record as DnsRecord } from "@cdktf/provider-digitalocean/lib/record/index.js";
import { Construct } from "constructs";

import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { pinLogicalId, statefulLifecycle } from "../stateful.ts";
import { certificateAuthorities } from "./certificate-authorities.ts";

/** Id of the record that allows a certificate authority, such as `caa-letsencrypt`. */
export function authorityId(authority: string): string {
  return `caa-${authority.split(".")[0] ?? ""}`;
}

/** Inputs of {@link DnsZone}. */
export interface DnsZoneProps {
  readonly config: EnvironmentConfig;
}

/**
 * The zone on DigitalOcean's name servers, with the CAA records that allow App Platform's certificate authorities.
 *
 * This resource is stateful: with a zone go all its records, whoever made them. The hosts' own records are not here,
 * because App Platform creates them for hosts that name the zone, and two owners of one record fight.
 */
export class DnsZone extends Construct {
  readonly name: string;
  readonly urn: string;

  constructor(scope: Construct, id: string, { config }: DnsZoneProps) {
    super(scope, id);
    const zone = new Domain(this, "zone", {
      name: config.domain.zone,
      lifecycle: statefulLifecycle(config),
    });
    pinLogicalId(zone, "zone");
    for (const authority of certificateAuthorities) {
      new DnsRecord(this, authorityId(authority), {
        domain: zone.name,
        type: "CAA",
        name: "@",
        flags: 0,
        tag: "issue",
        // The provider adds the dot when it reads the record back: without it every plan shows a change.
        value: `${authority}.`,
        ttl: 3600,
      });
    }
    this.name = zone.name;
    this.urn = zone.urn;
  }
}
