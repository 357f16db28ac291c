/** Kinds of DNS records. */
export const recordTypes = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT"] as const;

/** A DNS record. */
export interface DnsRecord {
  readonly id: number;
  readonly type: (typeof recordTypes)[number];
  name: string;
  data: string;
  priority: number | null;
  port: number | null;
  ttl: number;
  weight: number | null;
  flags: number | null;
  tag: string | null;
}

/** A DNS zone that the account manages. */
export interface Domain {
  readonly name: string;
  ttl: number;
  readonly records: DnsRecord[];
}
