/** A datacentre that VPCs and databases can stand in. */
export interface Datacentre {
  readonly slug: string;
  readonly name: string;
}

/**
 * Datacentres. Source: DigitalOcean API description, `regions/responses/all_regions.yml` and the regions of
 * `databases/responses/options.yml`.
 */
export const datacentres: readonly Datacentre[] = [
  { slug: "ams3", name: "Amsterdam 3" },
  { slug: "atl1", name: "Atlanta 1" },
  { slug: "blr1", name: "Bangalore 1" },
  { slug: "fra1", name: "Frankfurt 1" },
  { slug: "lon1", name: "London 1" },
  { slug: "nyc1", name: "New York 1" },
  { slug: "nyc2", name: "New York 2" },
  { slug: "nyc3", name: "New York 3" },
  { slug: "ric1", name: "Richmond 1" },
  { slug: "sfo2", name: "San Francisco 2" },
  { slug: "sfo3", name: "San Francisco 3" },
  { slug: "sgp1", name: "Singapore 1" },
  { slug: "syd1", name: "Sydney 1" },
  { slug: "tor1", name: "Toronto 1" },
];

/** Whether a slug is that of a datacentre. */
export const isDatacentre = (slug: string) => datacentres.some((one) => one.slug === slug);

/** A region of App Platform. */
export interface AppRegion {
  readonly slug: string;
  readonly label: string;
  readonly flag: string;
  readonly continent: string;
  /** The datacentres behind it, as GET /v2/apps/regions lists them. */
  readonly data_centers: readonly string[];
  /** The only datacentre whose VPCs an app of the region can join. */
  readonly vpc: string;
  readonly default?: boolean;
}

/**
 * App Platform's regions and the datacentre whose VPC an app can join. Sources: slugs of
 * `apps/models/app_spec.yml` and datacentres of `apps/responses/examples.yml` in DigitalOcean's API description; the
 * VPC of a region: github.com/digitalocean-labs/do-app-platform-skills, skills/networking/reference.
 */
export const appRegions: readonly AppRegion[] = [
  region("ams", "Amsterdam", "netherlands", "Europe", ["ams3"]),
  region("atl", "Atlanta", "usa", "North America", ["atl1"]),
  region("blr", "Bangalore", "india", "Asia", ["blr1"]),
  region("fra", "Frankfurt", "germany", "Europe", ["fra1"]),
  region("lon", "London", "united-kingdom", "Europe", ["lon1"]),
  { ...region("nyc", "New York", "usa", "North America", ["nyc1", "nyc3"]), default: true },
  region("sfo", "San Francisco", "usa", "North America", ["sfo3"]),
  region("sgp", "Singapore", "singapore", "Asia", ["sgp1"]),
  region("syd", "Sydney", "australia", "Oceania", ["syd1"]),
  region("tor", "Toronto", "canada", "North America", ["tor1"]),
];

function region(
  slug: string,
  label: string,
  flag: string,
  continent: string,
  dataCenters: readonly [string, ...string[]],
): AppRegion {
  return { slug, label, flag, continent, data_centers: dataCenters, vpc: dataCenters[0] };
}
