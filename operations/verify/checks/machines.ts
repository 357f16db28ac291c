import type { Check } from "../../context/check.ts";
import { askMachines } from "../../gpu/standing.ts";
import { type Violating, absent, otherwiseMade, withoutCard } from "../../gpu/violations.ts";
import { whereConfigured } from "../../platform/where-configured.ts";
import type { VerifyContext } from "../context.ts";

const again =
  "`doctl compute droplet delete <id>` and `mam deploy <environment>`, which makes another";

/** A check of each machine. What they say is read anew by each: it takes a request a machine. */
const ofEach =
  (violating: Violating): Check<VerifyContext>["run"] =>
  async ({ session, now }) => {
    const machines = await whereConfigured(() => askMachines(session, now));
    return machines.flatMap((machine) => violating(session.environment, machine));
  };

/** Whether machines with a card run what was released; asked of an environment that has some. */
export const machineChecks: readonly Check<VerifyContext>[] = [
  {
    id: "machines-run",
    severity: "error",
    what: "Every machine that `services.worker.gpu` asks for stands, and its worker has said so in the last three minutes.",
    why: "A machine is billed whether its worker runs or not.",
    fix: again,
    run: ofEach(absent),
  },
  {
    id: "machines-release",
    severity: "error",
    what: "Every machine runs the released image, with the settings of the environment's file.",
    why: "Previews of another release would stand beside those of this one.",
    fix: "mam deploy <environment>",
    run: ofEach(otherwiseMade),
  },
  {
    id: "machines-cards",
    severity: "warning",
    what: "Every machine makes previews on its card.",
    why: "On its CPU it makes them no quicker than the app's own worker, at many times the price.",
    fix: again,
    run: ofEach(withoutCard),
  },
];
