import type { Check } from "../../context/check.ts";
import { placeOf } from "../../context/place.ts";
import { describeSurvivor, survivorsOf } from "../../context/survivors.ts";
import { describeKept } from "../../state/push.ts";
import { unsavedStates } from "../../state/unsaved.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** What earlier commands on this machine left. */
export const earlierRunChecks: readonly Check<DoctorContext>[] = needing(undefined, [
  {
    id: "terraform-at-rest",
    severity: "error",
    what: "No Terraform of a command that was killed goes on here.",
    why: "It finishes what it began, and what is planned meanwhile is planned on a state that it has not written yet.",
    fix: "wait until it has ended",
    run: ({ session }) => {
      const { project, variables, environment } = session;
      const { name } = environment.config;
      return survivorsOf(placeOf(project, variables), name).map((survivor) => ({
        resource: describeSurvivor(survivor),
        expected: "no Terraform",
        found: "it still runs",
        fix: `wait: it saves its state and gives its lock back; to end it sooner: kill -INT ${survivor.pid}`,
      }));
    },
  },
  {
    id: "states-saved",
    severity: "error",
    what: "No state lies here that Terraform could not write where it belongs.",
    why: "It alone knows what the last apply has made, and the next one would make it again.",
    fix: "write it where it belongs with `mam state push`",
    run: async ({ session }) => {
      const { name } = session.environment.config;
      return (await unsavedStates(session)).map((one) =>
        one.verdict === "was overtaken"
          ? describeKept(one, name)
          : {
              resource: `the state of ${one.stack}`,
              expected: `serial ${one.serial}`,
              found: `serial ${one.standing ?? "none"}; the newer one lies in ${one.file}`,
              fix: `mam state push ${name}`,
            },
      );
    },
  },
]);
