/** What the rules need to know about an App Platform instance size. */
export interface InstanceSize {
  /** Virtual CPUs. */
  readonly vcpus: number;
  /** Memory in GiB. */
  readonly memoryGib: number;
  /** Whether the CPU is dedicated: only then may the component autoscale. */
  readonly dedicated: boolean;
  /** Whether the size allows one instance only, which means downtime at every deployment. */
  readonly singleInstance: boolean;
}

const shared = (vcpus: number, memoryGib: number): InstanceSize => ({
  vcpus,
  memoryGib,
  dedicated: false,
  singleInstance: false,
});
const dedicated = (vcpus: number, memoryGib: number): InstanceSize => ({
  vcpus,
  memoryGib,
  dedicated: true,
  singleInstance: false,
});

/**
 * The instance sizes that App Platform sells, by slug. The older `basic-*` and `professional-*` names are deprecated
 * and therefore unknown here.
 *
 * Sources: the slugs of DigitalOcean's API description (`instance_size_slug`), prices and limits in
 * docs.digitalocean.com/products/app-platform/details/pricing; autoscaling only on dedicated CPUs in
 * docs.digitalocean.com/products/app-platform/details/limits. The live list is GET /v2/apps/tiers/instance_sizes.
 */
export const instanceSizes = {
  "apps-s-1vcpu-0.5gb": { ...shared(1, 0.5), singleInstance: true },
  "apps-s-1vcpu-1gb-fixed": { ...shared(1, 1), singleInstance: true },
  "apps-s-1vcpu-1gb": shared(1, 1),
  "apps-s-1vcpu-2gb": shared(1, 2),
  "apps-s-2vcpu-4gb": shared(2, 4),
  "apps-d-1vcpu-0.5gb": dedicated(1, 0.5),
  "apps-d-1vcpu-1gb": dedicated(1, 1),
  "apps-d-1vcpu-2gb": dedicated(1, 2),
  "apps-d-1vcpu-4gb": dedicated(1, 4),
  "apps-d-2vcpu-4gb": dedicated(2, 4),
  "apps-d-2vcpu-8gb": dedicated(2, 8),
  "apps-d-4vcpu-8gb": dedicated(4, 8),
  "apps-d-4vcpu-16gb": dedicated(4, 16),
  "apps-d-8vcpu-32gb": dedicated(8, 32),
} as const satisfies Record<string, InstanceSize>;

/** Slug of an App Platform instance size. */
export type InstanceSizeSlug = keyof typeof instanceSizes;

/** Every instance size slug, smallest first: what the schema accepts. */
export const instanceSizeSlugs = Object.keys(instanceSizes) as [
  InstanceSizeSlug,
  ...InstanceSizeSlug[],
];
