/** Hosted zones of S3's web sites, for the regions of AWS whose names Wasabi uses too (docs.aws.amazon.com/general/latest/gr/s3.html). */
const hostedZones: Readonly<Record<string, string>> = {
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-northeast-2": "Z3W03O7B5YMIYP",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "ca-central-1": "Z1QDHH18159H29",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-central-2": "Z030506016YDQGETNASS",
  "eu-south-1": "Z30OZKI7KPW7MI",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};

/**
 * What the provider says about where a bucket is. The host names are AWS's, also for a bucket on
 * Wasabi: they are of no use there.
 */
export function placeOf(bucket: string, region: string) {
  return {
    region,
    bucket_regional_domain_name:
      region === "" ? `${bucket}.s3.amazonaws.com` : `${bucket}.s3.${region}.amazonaws.com`,
    ...(region in hostedZones ? { hosted_zone_id: hostedZones[region] } : {}),
  };
}
