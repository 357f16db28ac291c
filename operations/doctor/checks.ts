import type { Check } from "../context/check.ts";
import { accountChecks } from "./checks/account.ts";
import { restChecks } from "./checks/at-rest.ts";
import { clockChecks } from "./checks/clock.ts";
import { configurationChecks } from "./checks/configuration.ts";
import { databaseChecks } from "./checks/databases.ts";
import { domainChecks } from "./checks/domain.ts";
import { earlierRunChecks } from "./checks/earlier-runs.ts";
import { imageChecks } from "./checks/images.ts";
import { leftoverChecks } from "./checks/leftovers.ts";
import { ledgerChecks } from "./checks/ledger.ts";
import { networkChecks } from "./checks/network.ts";
import { offerChecks } from "./checks/offers.ts";
import { recipientChecks } from "./checks/recipients.ts";
import { secretChecks } from "./checks/secrets.ts";
import { serviceLevelChecks } from "./checks/service-levels.ts";
import { stateChecks } from "./checks/state.ts";
import { toolChecks } from "./checks/tools.ts";
import { wasabiChecks } from "./checks/wasabi.ts";
import type { DoctorContext } from "./context.ts";

/** Every check of the doctor, in the order in which a person reads them. */
export const doctorGroups: readonly {
  readonly title: string;
  readonly checks: readonly Check<DoctorContext>[];
}[] = [
  { title: "Configuration", checks: configurationChecks },
  { title: "Tools", checks: [...toolChecks, ...clockChecks] },
  { title: "Secrets", checks: secretChecks },
  { title: "DigitalOcean account", checks: [...accountChecks, ...recipientChecks] },
  { title: "What is sold", checks: [...offerChecks, ...databaseChecks, ...networkChecks] },
  { title: "Images", checks: [...imageChecks, ...serviceLevelChecks] },
  { title: "Domain", checks: domainChecks },
  { title: "Wasabi", checks: wasabiChecks },
  {
    title: "State",
    checks: [...earlierRunChecks, ...stateChecks, ...leftoverChecks, ...ledgerChecks],
  },
  { title: "At rest", checks: restChecks },
];

/** Every check of the doctor. */
export const doctorChecks: readonly Check<DoctorContext>[] = doctorGroups.flatMap(
  ({ checks }) => checks,
);
