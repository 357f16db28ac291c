import type { FidelityRow } from "../fidelity.ts";
import { accountFidelity } from "./fidelity/account.ts";
import { appFidelity } from "./fidelity/apps.ts";
import { dataFidelity } from "./fidelity/data.ts";
import { domainFidelity } from "./fidelity/domains.ts";

/** Everything that the rehearsal cloud assumes about DigitalOcean. */
export const digitalOceanFidelity: readonly FidelityRow[] = [
  ...accountFidelity,
  ...dataFidelity,
  ...appFidelity,
  ...domainFidelity,
];
