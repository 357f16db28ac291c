import { clockAdvice } from "@mam-infra/clients/connection-failure";
import type { Check } from "../../context/check.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/**
 * Seconds that a clock may be wrong: a third of what S3 allows between a signature and its arrival, 15 minutes
 * (docs.aws.amazon.com/AmazonS3, RequestTimeTooSkewed).
 */
const tolerance = 300;

/** The clock of the machine, by what DigitalOcean's API says in its Date header. */
export const clockChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "machine-clock",
    severity: "error",
    what: "The clock of this machine is right to within five minutes.",
    why: "Spaces and Wasabi refuse signatures of another time, certificates seem not valid, and what `mam` records is of a wrong time.",
    fix: clockAdvice,
    run: async ({ session, account }) => {
      await account();
      const ahead = session.clients.digitalOcean().clockAhead();
      if (ahead === undefined || Math.abs(ahead) <= tolerance) return [];
      const minutes = Math.round(Math.abs(ahead) / 60);
      const found = `${minutes} minutes ${ahead > 0 ? "ahead" : "behind"}: ${new Date().toISOString()}`;
      return [{ resource: "the clock of this machine", expected: "DigitalOcean's time", found }];
    },
  },
]);
