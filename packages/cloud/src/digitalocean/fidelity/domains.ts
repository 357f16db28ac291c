import type { FidelityRow } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean/apps";
const description = "DigitalOcean API description";

/** What is assumed about the domains of an app. */
export const domainFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "With a zone of the account the platform makes a domain's records; another record for the host, or CAA records without its authorities, keep it from becoming active.",
    source:
      "docs.digitalocean.com/products/app-platform/how-to/manage-domains; github.com/digitalocean-labs/do-app-platform-skills, skills/networking",
    lastVerified: "never",
    probe:
      "doctl compute domain records list $ZONE; doctl apps get $APP -o json | jq '.[0].domains'",
    test: `${tests}/domains.test.ts`,
  },
  {
    platform,
    behaviour:
      "The records of a domain are made once, before it becomes active: when somebody deletes them, or the zone, they do not come back.",
    source: `${description}, apps/responses/examples.yml, for the steps; that no later deployment makes them again is an assumption, on the safe side`,
    lastVerified: "never",
    probe:
      "doctl compute domain records delete $ZONE $ID; deploy the app; doctl compute domain records list $ZONE",
    test: `${tests}/domains.test.ts`,
  },
];
