import { type Region, regionSlugs, regions } from "../../../environments/platform/regions.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import type { Described, Remark } from "../remark.ts";
import type { Standing, StandingCluster } from "../standing.ts";

type Network = EnvironmentInput["network"];

/**
 * The region of an app, or undefined for one that we have no row of. Specs of people who know droplets say a datacentre, such as
 * `nyc3`: App Platform takes it for the region that it lies in.
 */
export function regionOf({ app }: Pick<Standing, "app">): Region | undefined {
  const said = (app.spec.region ?? "nyc").replace(/\d+$/, "");
  return regionSlugs.find((slug) => slug === said);
}

/**
 * Region and private network. Nothing of it can change without making the databases anew, so what does not fit together
 * is refused.
 *
 * @param free a range for a network that is made anew, where there is none.
 */
export function describeNetwork(standing: Standing, free: string): Described<Network> {
  const region = regionOf(standing);
  const { vpc, app } = standing;
  const fields = { region: region ?? "nyc", vpcCidr: vpc?.ip_range ?? free };
  if (!region) return { fields, remarks: [unknownRegion(app.spec.region)] };
  const remarks = [
    ...(vpc ? networkRemarks(vpc, region) : [noNetwork(fields.vpcCidr)]),
    ...clustersOf(standing).flatMap((cluster) => placeRemarks(cluster, region, vpc?.id)),
    ...membership(standing),
  ];
  return { fields, remarks };
}

const clustersOf = ({ postgres, valkey }: Standing): readonly StandingCluster[] =>
  [postgres, valkey].flatMap((one) => (one ? [one.cluster] : []));

const unknownRegion = (region: string | undefined): Remark => ({
  fate: "refused",
  about: "the app's region",
  what: `${region ?? "none"} is no region that environments/platform/regions.ts has`,
  todo: "add its row there: datacentre, Spaces region, Wasabi region",
});

const noNetwork = (range: string): Remark => ({
  fate: "changed",
  about: "the private network",
  what: `there is none yet: one with ${range} is made, and the app joins it`,
});

function networkRemarks(vpc: NonNullable<Standing["vpc"]>, region: Region): Remark[] {
  const about = `the VPC ${vpc.name}`;
  const { datacentre } = regions[region];
  if (vpc.region !== datacentre) {
    const what = `it is in ${vpc.region}, and an app in ${region} can only join a VPC in ${datacentre}`;
    const todo = `move the app, or migrate the databases to a VPC in ${datacentre}, then adopt`;
    return [{ fate: "refused", about, what, todo }];
  }
  const shared: Remark = {
    fate: "changed",
    about,
    what: "it is the default of its datacentre: whatever else is in it may reach the databases, because its range is their only trusted source",
    todo: "keep other things out of it",
  };
  return [
    { fate: "adopted", about, what: `${vpc.ip_range ?? ""}, in ${vpc.region}` },
    ...(vpc.default === true ? [shared] : []),
  ];
}

function placeRemarks(cluster: StandingCluster, region: Region, vpc: string | undefined): Remark[] {
  const about = `the cluster ${cluster.name}`;
  const { datacentre } = regions[region];
  if (cluster.region !== datacentre) {
    return [
      {
        fate: "refused",
        about,
        what: `it is in ${cluster.region ?? "no datacentre"}, the app in ${region} (${datacentre}): its data would be moved`,
        todo: `migrate it to ${datacentre} in the control panel first`,
      },
    ];
  }
  if (vpc === undefined || cluster.private_network_uuid === vpc) return [];
  return [
    {
      fate: "refused",
      about,
      what: "it is in another VPC than the app, and a cluster cannot change its VPC without being made anew",
      todo: "let the app join the VPC of its databases, or fork the cluster into the app's VPC, then adopt",
    },
  ];
}

function membership({ app, vpc }: Standing): Remark[] {
  if (!vpc || app.spec.vpc !== undefined) return [];
  return [
    {
      fate: "changed",
      about: `the app ${app.spec.name}`,
      what: `it joins the VPC ${vpc.name}, and reaches the databases by their private addresses`,
    },
  ];
}
