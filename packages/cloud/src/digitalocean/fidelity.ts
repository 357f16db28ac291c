import type { FidelityRow } from "../fidelity.ts";
import { accountFidelity } from "./fidelity/account.ts";
import { appFidelity } from "./fidelity/apps.ts";
import { dataFidelity } from "./fidelity/data.ts";
import { domainFidelity } from "./fidelity/domains.ts";
import { dropletFidelity } from "./fidelity/droplets.ts";
import { insightsFidelity } from "./fidelity/insights.ts";
import { serversFidelity } from "./fidelity/servers.ts";
import { programFidelity } from "./fidelity/programs.ts";
import { trafficFidelity } from "./fidelity/traffic.ts";

/** Everything that the rehearsal cloud assumes about DigitalOcean. */
export const digitalOceanFidelity: readonly FidelityRow[] = [
  ...accountFidelity,
  ...dataFidelity,
  ...serversFidelity,
  ...appFidelity,
  ...trafficFidelity,
  ...programFidelity,
  ...domainFidelity,
  ...insightsFidelity,
  ...dropletFidelity,
];
