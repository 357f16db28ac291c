import type { Check } from "../../context/check.ts";
import type { VerifyContext } from "../context.ts";
import { domainComparisons } from "../domain.ts";
import { networkComparisons, projectComparisons } from "../network.ts";
import { compared, deployOrKeep } from "./compared.ts";

const severity = "error";
const fix = deployOrKeep;

/** Whether network, project and zone are as configured. */
export const runningNetworkChecks: readonly Check<VerifyContext>[] = [
  compared(
    {
      id: "vpc",
      severity,
      what: "The VPC has the configured range and datacentre.",
      why: "The trusted sources of the databases name the range, and an app joins a VPC of its own datacentre only.",
      fix: "put what stands into the environment file: the platform changes no range, and moves no cluster to another VPC",
    },
    ({ config }, observed) => networkComparisons(config, observed),
  ),
  compared(
    {
      id: "project",
      severity,
      what: "The project holds everything of the environment.",
      why: "What is outside of the project is missed by whoever looks for it there.",
      fix,
    },
    ({ config }, observed) => projectComparisons(config, observed),
  ),
  compared(
    {
      id: "zone-records",
      severity,
      what: "Both hosts have one owner in the zone, and App Platform's certificate authorities are allowed.",
      why: "A host with two owners answers now and then, and a certificate that cannot be renewed expires.",
      fix,
    },
    ({ config }, observed) => domainComparisons(config, observed),
  ),
];
