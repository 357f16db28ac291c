import type { Check } from "../../context/check.ts";
import {
  serviceLevelStatuses,
  skipWhereOff,
  unservedLevels,
  withoutLevels,
} from "../../platform/service-levels.ts";
import type { VerifyContext } from "../context.ts";
import { servingHosts } from "../hosts.ts";

/** Whether failing requests would be noticed. An image without service levels works all the same. */
export const serviceLevelChecks: readonly Check<VerifyContext>[] = [
  {
    id: "service-levels",
    severity: "warning",
    what: "Every public image says whether its objectives hold.",
    why: "Where one does not, nobody is told that requests fail, and the check from outside that asks for it is down for ever.",
    fix: withoutLevels,
    run: async (context) => {
      const { clients, environment } = context.session;
      skipWhereOff(environment.config);
      await servingHosts(context);
      return unservedLevels(
        await serviceLevelStatuses(clients.internet(), environment.config, false),
      );
    },
  },
];
