/** Where traffic of a rule comes from or goes to. */
export interface FirewallTarget {
  readonly addresses?: readonly string[] | undefined;
  readonly droplet_ids?: readonly number[] | undefined;
  readonly load_balancer_uids?: readonly string[] | undefined;
  readonly kubernetes_ids?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
}

interface FirewallRule {
  readonly protocol: "tcp" | "udp" | "icmp";
  /** A port, a range such as `8000-9000`, or `0` for all. */
  readonly ports: string;
}

/** A firewall in front of Droplets. What no rule allows is refused, in and out. */
export interface Firewall {
  readonly id: string;
  name: string;
  inbound_rules: readonly (FirewallRule & { readonly sources: FirewallTarget })[];
  outbound_rules: readonly (FirewallRule & { readonly destinations: FirewallTarget })[];
  droplet_ids: readonly number[];
  tags: readonly string[];
  readonly created_at: string;
}
