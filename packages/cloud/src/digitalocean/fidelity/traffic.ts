import type { FidelityRow } from "../../fidelity.ts";

const platform = "digitalocean";
const tests = "packages/cloud/__tests__/digitalocean/apps";

/** What is assumed about the requests that App Platform answers. */
export const trafficFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour: "Prefixes match whole path segments and are cut off unless preserved.",
    source: "godo 1.202.0, AppIngressSpecRuleRoutingComponent; whole segments are an assumption",
    lastVerified: "never",
    probe: "curl https://$HOST/apix with a rule for /api",
    test: `${tests}/traffic/traffic.test.ts`,
  },
  {
    platform,
    behaviour:
      "Plain HTTP is redirected with 301 to the same address under HTTPS; a host without a certificate has no TLS.",
    source: "assumption: no vendor page states the status",
    lastVerified: "never",
    probe:
      "curl -sI http://$HOST/a?b=c; curl -sv https://$OTHER_HOST --resolve $OTHER_HOST:443:$IP",
    test: "__tests__/operations/context/internet.test.ts",
  },
];
