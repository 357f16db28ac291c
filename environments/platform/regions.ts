/**
 * One row per App Platform region, with everything that has to stand beside it.
 *
 * The platforms use different words for the same place: an app in `nyc` can only join a VPC in `nyc1`, Spaces in New
 * York is `nyc3`, and Wasabi's region names do not mean what they mean on AWS (`eu-west-1` is London). A region is
 * chosen once, in `network.region`, and the rest follows from this table, so that they cannot disagree.
 *
 * Sources: App Platform availability and "App Platform in a VPC" (docs.digitalocean.com/products/app-platform),
 * Spaces availability (docs.digitalocean.com/products/spaces), Wasabi "Service URLs for storage regions"
 * (docs.wasabi.com). The Wasabi region is the nearest one to the datacentre.
 *
 * `insights` are the datacentres in which Insights may keep the metrics of an app, the likeliest first: an app in `tor` was
 * found in `tor1` (DO-Solutions/porthole), and for a region with several datacentres nobody has written which it is.
 */
export const regions = {
  ams: {
    place: "Amsterdam",
    datacentre: "ams3",
    spaces: "ams3",
    wasabi: "eu-central-1",
    insights: ["ams3"],
  },
  atl: {
    place: "Atlanta",
    datacentre: "atl1",
    spaces: "atl1",
    wasabi: "us-east-1",
    insights: ["atl1"],
  },
  blr: {
    place: "Bangalore",
    datacentre: "blr1",
    spaces: "blr1",
    wasabi: "ap-southeast-1",
    insights: ["blr1"],
  },
  fra: {
    place: "Frankfurt",
    datacentre: "fra1",
    spaces: "fra1",
    wasabi: "eu-central-2",
    insights: ["fra1"],
  },
  lon: {
    place: "London",
    datacentre: "lon1",
    spaces: "lon1",
    wasabi: "eu-west-1",
    insights: ["lon1"],
  },
  nyc: {
    place: "New York",
    datacentre: "nyc1",
    spaces: "nyc3",
    wasabi: "us-east-1",
    insights: ["nyc1", "nyc3"],
  },
  sfo: {
    place: "San Francisco",
    datacentre: "sfo3",
    spaces: "sfo3",
    wasabi: "us-west-2",
    insights: ["sfo3", "sfo2"],
  },
  sgp: {
    place: "Singapore",
    datacentre: "sgp1",
    spaces: "sgp1",
    wasabi: "ap-southeast-1",
    insights: ["sgp1"],
  },
  syd: {
    place: "Sydney",
    datacentre: "syd1",
    spaces: "syd1",
    wasabi: "ap-southeast-2",
    insights: ["syd1"],
  },
  tor: {
    place: "Toronto",
    datacentre: "tor1",
    spaces: "tor1",
    wasabi: "ca-central-1",
    insights: ["tor1"],
  },
} as const;

/** Slug of an App Platform region: the one word an environment says about where it is. */
export type Region = keyof typeof regions;

/** Every region slug, in the table's order: what the schema accepts. */
export const regionSlugs = Object.keys(regions) as [Region, ...Region[]];
