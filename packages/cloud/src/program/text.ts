import type { Cloud, CloudSeed } from "../cloud.ts";

/** The environment variables by which clients find the cloud, and are let in. */
export function variablesOf({ endpoints }: Cloud, seed: CloudSeed): Record<string, string> {
  const [token] = seed.digitalOcean.tokens;
  const [spacesKey] = seed.spaces.accessKeys;
  const { rootAccessKey, region } = seed.wasabi;
  return {
    DIGITALOCEAN_API_URL: endpoints.digitalOcean,
    ...(token && { DIGITALOCEAN_TOKEN: token.value, DIGITALOCEAN_ACCESS_TOKEN: token.value }),
    SPACES_ENDPOINT_URL: endpoints.spaces,
    ...(spacesKey && {
      SPACES_ACCESS_KEY_ID: spacesKey.accessKeyId,
      SPACES_SECRET_ACCESS_KEY: spacesKey.secretAccessKey,
    }),
    AWS_ENDPOINT_URL_S3: endpoints.wasabiS3,
    AWS_ENDPOINT_URL_IAM: endpoints.wasabiIam,
    AWS_ENDPOINT_URL_STS: endpoints.wasabiSts,
    AWS_ACCESS_KEY_ID: rootAccessKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootAccessKey.secretAccessKey,
    AWS_REGION: region,
    // The aws command reads no other.
    AWS_DEFAULT_REGION: region,
    // Wasabi takes no checksum that follows the body, which clients of AWS send by default.
    AWS_REQUEST_CHECKSUM_CALCULATION: "when_required",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "when_required",
  };
}

/** What a person reads when the cloud runs: what to paste, and where to look. */
export function instructions(cloud: Cloud, seed: CloudSeed): string {
  const api = cloud.endpoints.digitalOcean;
  const exports = Object.entries(variablesOf(cloud, seed)).map(
    ([name, value]) => `export ${name}='${value}'\n`,
  );
  return `DigitalOcean, Wasabi and Spaces run on this machine. Paste into another terminal:

${exports.join("")}
The DIGITALOCEAN_ variables are for Terraform's provider and doctl, the AWS_ ones are Wasabi's, for the aws command, the
SDKs and Terraform's aws provider. That provider needs besides: s3_use_path_style = true

The apps answer at ${cloud.digitalOcean.trafficUrl}, told apart by the Host header. Apps whose images are programs, and
Wasabi's S3, also answer under their names: https://HOST is http://HOST.localhost:${new URL(cloud.door).port}
What stands:      curl ${api}/__state
What was asked:   curl ${api}/__ledger
What goes wrong:  curl -X PUT ${api}/__faults -H 'content-type: application/json' -d '[{"platform":"wasabi","kind":"down"}]'

Virtual time passes ${cloud.clock.speed} times as fast as yours. Ctrl-C ends everything.
`;
}

/** The same for a program, on one line. */
export function instructionsAsJson(cloud: Cloud, seed: CloudSeed): string {
  const { endpoints, clock, digitalOcean } = cloud;
  return `${JSON.stringify({
    endpoints: { ...endpoints, apps: digitalOcean.trafficUrl },
    speed: clock.speed,
    environment: variablesOf(cloud, seed),
  })}\n`;
}
