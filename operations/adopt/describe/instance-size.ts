import {
  type InstanceSizeSlug,
  instanceSizeSlugs,
} from "../../../environments/platform/instance-sizes.ts";

/**
 * Older names of sizes, which an app keeps until somebody changes it, and what is sold with the same CPUs and memory. Source:
 * `instance_sizes` of DigitalOcean's API description before 2024, which lists `cpus` and `memory_bytes` of each.
 */
const olderNames: Readonly<Record<string, InstanceSizeSlug>> = {
  "basic-xxs": "apps-s-1vcpu-0.5gb",
  "basic-xs": "apps-s-1vcpu-1gb-fixed",
  "basic-s": "apps-s-1vcpu-2gb",
  "basic-m": "apps-s-2vcpu-4gb",
  "professional-xs": "apps-s-1vcpu-1gb",
  "professional-s": "apps-s-1vcpu-2gb",
  "professional-m": "apps-s-2vcpu-4gb",
  "professional-1l": "apps-d-1vcpu-4gb",
  "professional-l": "apps-d-2vcpu-8gb",
  "professional-xl": "apps-d-4vcpu-16gb",
};

/** What a component has that says no size: `instance_size_slug` in the API description. */
const unsaid: InstanceSizeSlug = "apps-s-1vcpu-0.5gb";

/** The size that is sold of what a component has; undefined for one that we do not know. */
export function soldSize(slug: string | undefined): InstanceSizeSlug | undefined {
  if (slug === undefined || slug === "") return unsaid;
  return instanceSizeSlugs.find((one) => one === slug) ?? olderNames[slug];
}
