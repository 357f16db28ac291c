import { nameOf } from "../../../constructs/naming.ts";
import { rangesOverlap } from "../../../environments/rules/network.ts";
import type { Check } from "../../context/check.ts";
import { everyPage } from "../../platform/every-page.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** Whether there is room for the network. */
export const networkChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "vpc-range",
    severity: "error",
    what: "No other VPC of the account has addresses of the environment's range.",
    why: "DigitalOcean refuses a VPC that overlaps another one, and the range cannot be changed later.",
    fix: "choose another `network.vpcCidr` before the first deployment",
    run: async ({ session: { clients, environment } }) => {
      const { config } = environment;
      const api = clients.digitalOcean();
      const vpcs = await everyPage(
        (query) => api.call("listVpcs", {}, { query }),
        ({ vpcs: page }) => page,
      );
      return vpcs
        .filter(({ name }) => name !== nameOf(config, "vpc"))
        .filter(({ ip_range: range }) => range && rangesOverlap(range, config.network.vpcCidr))
        .map(({ name, ip_range: range }) => ({
          resource: `the VPC ${name}`,
          expected: `a range clear of ${config.network.vpcCidr}`,
          found: range ?? "",
        }));
    },
  },
]);
