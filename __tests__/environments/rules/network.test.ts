import { networkRules } from "../../../environments/rules/network.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.network.vpcCidr = "8.8.0.0/20"),
    path: "network.vpcCidr",
    value: '"8.8.0.0/20"',
    expected: "a private range (10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
    fix: 'set network.vpcCidr: "10.120.0.0/20"',
  },
  {
    change: (draft) => (draft.network.vpcCidr = "172.16.0.0/12"),
    path: "network.vpcCidr",
    value: '"172.16.0.0/12"',
    expected: "a network between /16 and /28, the sizes that DigitalOcean offers",
    fix: 'set network.vpcCidr: "10.120.0.0/20"',
  },
  {
    change: (draft) => (draft.network.vpcCidr = "10.244.16.0/20"),
    path: "network.vpcCidr",
    value: '"10.244.16.0/20"',
    expected: "clear of 10.244.0.0/16, which DigitalOcean reserves",
    fix: 'set network.vpcCidr: "10.120.0.0/20"',
  },
];

itFinds(rows, networkRules);
