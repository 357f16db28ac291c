/** An instance size as GET /v2/apps/tiers/instance_sizes lists it. */
export interface AppInstanceSize {
  readonly name: string;
  readonly slug: string;
  readonly cpu_type: "SHARED" | "DEDICATED";
  readonly cpus: string;
  readonly memory_bytes: string;
  readonly usd_per_month: string;
  readonly usd_per_second: string;
  readonly tier_slug: string;
  /** Whether a component of this size can autoscale. */
  readonly scalable?: boolean;
  /** Whether a component of this size has one instance and no more. */
  readonly single_instance_only?: boolean;
  readonly bandwidth_allowance_gib: string;
}

type Row = readonly [
  kind: "s" | "d",
  cpus: number,
  memory: string,
  usdPerMonth: number,
  bandwidthGib: number,
];

/**
 * Sources: DigitalOcean API description, `instance_sizes` in `apps/responses/examples.yml`;
 * docs.digitalocean.com/products/app-platform/details/pricing; autoscaling on dedicated CPUs only:
 * docs.digitalocean.com/products/app-platform/details/limits.
 */
const rows: readonly Row[] = [
  ["s", 1, "0.5gb", 5, 50],
  ["s", 1, "1gb-fixed", 10, 100],
  ["s", 1, "1gb", 12, 150],
  ["s", 1, "2gb", 25, 200],
  ["s", 2, "4gb", 50, 250],
  ["d", 1, "0.5gb", 29, 100],
  ["d", 1, "1gb", 34, 200],
  ["d", 1, "2gb", 39, 300],
  ["d", 1, "4gb", 49, 400],
  ["d", 2, "4gb", 78, 500],
  ["d", 2, "8gb", 98, 600],
  ["d", 4, "8gb", 156, 700],
  ["d", 4, "16gb", 196, 800],
  ["d", 8, "32gb", 392, 900],
];

const single = ["apps-s-1vcpu-0.5gb", "apps-s-1vcpu-1gb-fixed"];
// 28 days, by which the description's 5.00 a month are 0.000002066799 a second.
const secondsPerMonth = 28 * 86_400;
const bytesPerGib = 1024 ** 3;

/** Every instance size that is sold. */
export const appInstanceSizes: readonly AppInstanceSize[] = rows.map(
  ([kind, cpus, memory, usd, bandwidth]) => {
    const slug = `apps-${kind}-${cpus}vcpu-${memory}`;
    const shared = kind === "s";
    return {
      name: `${shared ? "Shared" : "Dedicated"} ${cpus}VCPU ${memory.toUpperCase()}`,
      slug,
      cpu_type: shared ? "SHARED" : "DEDICATED",
      cpus: String(cpus),
      memory_bytes: String(Number.parseFloat(memory) * bytesPerGib),
      usd_per_month: usd.toFixed(2),
      usd_per_second: (usd / secondsPerMonth).toFixed(12),
      tier_slug: single.includes(slug) ? "basic" : "professional",
      ...(shared ? {} : { scalable: true }),
      ...(single.includes(slug) ? { single_instance_only: true } : {}),
      bandwidth_allowance_gib: String(bandwidth),
    };
  },
);

/** The size of a component that names none: `instance_size_slug` in the API description. */
const defaultInstanceSize = "apps-s-1vcpu-0.5gb";

/** An instance size by its slug. */
export function instanceSize(slug: string | undefined): AppInstanceSize | undefined {
  return appInstanceSizes.find((size) => size.slug === (slug ?? defaultInstanceSize));
}
