import { type Check, CheckSkipped, type Violation } from "../../context/check.ts";
import type { Session } from "../../context/session.ts";
import { environmentLeftovers, lineFor } from "../../leftovers/environment-leftovers.ts";
import type { Leftover } from "../../leftovers/leftovers.ts";
import { stacksWithLeftovers } from "../../leftovers/stray-machines.ts";
import { placeOf } from "../../context/place.ts";
import { whereConfigured } from "../../platform/where-configured.ts";
import { describeSurvivor, survivorsOf } from "../../context/survivors.ts";
import { unsavedStates } from "../../state/unsaved.ts";
import { type AnyStack, stackName } from "../../terraform/stack-kinds.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

const why =
  "What a deployment that was killed has made stands, costs money, and stops the next one with 'already exists' or is made a second time.";
const fix = "run the line of each, or `mam state import` for all of them, and deploy again";

/** Whether everything that stands under the names of an environment is known to its states. */
export const leftoverChecks: readonly Check<DoctorContext>[] = [
  ...needing("digitalOcean", [
    {
      id: "digitalocean-leftovers",
      severity: "error",
      what: "What stands on DigitalOcean under the environment's names is in its states.",
      why,
      fix,
      run: async (context) =>
        lookFor(
          context,
          (await whereConfigured(() => stacksWithLeftovers(context.session))).filter(
            (part) => part !== "storage",
          ),
        ),
    },
  ]),
  ...needing("wasabi", [
    {
      id: "wasabi-leftovers",
      severity: "error",
      what: "What stands on Wasabi under the environment's names is in its state.",
      why,
      fix,
      run: (context) => lookFor(context, ["storage"]),
    },
  ]),
];

async function lookFor({ session, lostStates }: DoctorContext, parts: readonly AnyStack[]) {
  const { name } = session.environment.config;
  const lost = (await lostStates()).find(({ stack }) =>
    parts.some((part) => stack === stackName(name, part)),
  );
  if (lost) throw new CheckSkipped(`the state of ${lost.stack}: ${lost.problem}`);
  const unwritten = await unwrittenState(session, parts);
  if (unwritten !== undefined) throw new CheckSkipped(unwritten);
  const found = await environmentLeftovers(session, parts);
  return found.map((leftover) => describe(name, leftover));
}

/** Why what stands is in no state yet, and will be. */
async function unwrittenState(
  session: Session,
  parts: readonly AnyStack[],
): Promise<string | undefined> {
  const { environment, project, variables } = session;
  const [survivor] = survivorsOf(placeOf(project, variables), environment.config.name);
  if (survivor) return `${describeSurvivor(survivor)}, writes its state when it ends`;
  const unsaved = (await unsavedStates(session)).find(
    ({ part, verdict }) => parts.includes(part) && verdict === "follows",
  );
  return unsaved && `a newer state of ${unsaved.stack} lies in ${unsaved.file}`;
}

function describe(environment: string, leftover: Leftover): Violation {
  const { type, resource, standing, way } = leftover;
  return {
    resource: `the ${type.noun} ${standing.name}`,
    expected: way === "import" ? `in the state of ${resource.stack}` : "not there",
    found: "it stands, and no state knows it",
    fix: lineFor(environment, leftover),
  };
}
