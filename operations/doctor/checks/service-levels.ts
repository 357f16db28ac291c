import { type Check, CheckSkipped } from "../../context/check.ts";
import {
  serviceLevelStatuses,
  skipWhereOff,
  unservedLevels,
  withoutLevels,
} from "../../platform/service-levels.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** Whether the images that run have what checks from outside ask of them: people's own may not. */
export const serviceLevelChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "service-levels",
    severity: "warning",
    what: "The images that run say whether their objectives hold, which checks from outside ask.",
    why: "A deployment makes those checks, and where an image has no such address they are down at once and wake people for nothing.",
    fix: withoutLevels,
    run: async ({ session: { clients, environment }, app }) => {
      skipWhereOff(environment.config);
      if (!(await app())?.active_deployment) throw new CheckSkipped("nothing runs yet");
      return unservedLevels(
        await serviceLevelStatuses(clients.internet(), environment.config, false),
      );
    },
  },
]);
