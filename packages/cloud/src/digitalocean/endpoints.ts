import { createRouter } from "./api/router.ts";
import { accountEndpoints } from "./account/endpoints.ts";
import type { Endpoint } from "./api/endpoint.ts";
import { appEndpoints } from "./apps/app-endpoints.ts";
import { consoleEndpoints } from "./apps/consoles/endpoints.ts";
import { deploymentEndpoints } from "./apps/deployments/endpoints.ts";
import { clusterEndpoints } from "./databases/cluster-endpoints.ts";
import { memberEndpoints } from "./databases/member-endpoints.ts";
import { settingEndpoints } from "./databases/setting-endpoints.ts";
import { domainEndpoints } from "./domains/endpoints.ts";
import { dropletEndpoints } from "./droplets/endpoints.ts";
import { firewallEndpoints } from "./firewalls/endpoints.ts";
import { insightsEndpoints } from "./insights/endpoints.ts";
import { monitoringEndpoints } from "./monitoring/endpoints.ts";
import { projectEndpoints } from "./projects/endpoints.ts";
import { registryEndpoints } from "./registry/endpoints.ts";
import { tagEndpoints } from "./tags/endpoints.ts";
import { uptimeEndpoints } from "./uptime/endpoints.ts";
import { vpcEndpoints } from "./vpcs/endpoints.ts";

/** Every call that is played. */
export const endpoints: readonly Endpoint[] = [
  ...accountEndpoints,
  ...projectEndpoints,
  ...vpcEndpoints,
  ...clusterEndpoints,
  ...memberEndpoints,
  ...settingEndpoints,
  ...appEndpoints,
  ...deploymentEndpoints,
  ...consoleEndpoints,
  ...domainEndpoints,
  ...registryEndpoints,
  ...monitoringEndpoints,
  ...insightsEndpoints,
  ...uptimeEndpoints,
  ...tagEndpoints,
  ...dropletEndpoints,
  ...firewallEndpoints,
];

/** Every call of the API that the rehearsal plays; all others are answered 501. */
export const router = createRouter(endpoints);
