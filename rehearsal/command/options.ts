import { type Suite, suites } from "../scenarios/index.ts";
import { type Fault, faultKinds, faultSchema } from "@mam-infra/cloud/faults";
import type { Scenario } from "../harness/scenario.ts";
import { CannotRehearse } from "../harness/workspace.ts";

/**
 * The suites with the scenarios of a list of names, and those that have to be played before them, in their order. Without
 * a list, all that are not on demand.
 *
 * @throws CannotRehearse when a name is unknown; it lists the known ones.
 */
export function selectSuites(list: string | undefined): readonly Suite[] {
  if (list === undefined) return suitesOf(({ onDemand = false }) => !onDemand);
  const scenarios = suites.flatMap((suite) => suite.scenarios);
  const wanted = new Set<string>();
  const want = (name: string) => {
    const scenario = scenarios.find((one) => one.name === name);
    if (!scenario)
      throw new CannotRehearse(`Unknown scenario "${name}", expected one of: ${scenarioNames()}.`);
    scenario.after.forEach(want);
    wanted.add(name);
  };
  list.split(",").forEach((name) => {
    want(name.trim());
  });
  return suitesOf(({ name }) => wanted.has(name));
}

function suitesOf(isPlayed: (scenario: Scenario) => boolean): readonly Suite[] {
  return suites
    .map((suite) => ({ ...suite, scenarios: suite.scenarios.filter(isPlayed) }))
    .filter(({ scenarios }) => scenarios.length > 0);
}

/**
 * The faults of a list such as `digitalocean:rate-limited:3,spaces:slow`: platform, kind, and how many requests meet it.
 *
 * @throws CannotRehearse when one is not understood; it lists what is.
 */
export function selectFaults(list: string | undefined): readonly Fault[] {
  if (list === undefined) return [];
  return list.split(",").map((text) => {
    const [platform, kind, times, ...rest] = text.trim().split(":");
    const counted = times === undefined ? {} : { times: Number(times) };
    const parsed = faultSchema.safeParse({ platform, kind, ...counted });
    if (parsed.success && rest.length === 0) return parsed.data;
    throw new CannotRehearse(
      `Fault "${text}" is not understood, expected platform:kind or platform:kind:times, ` +
        `where platform is digitalocean, wasabi, spaces or hcp, and kind is one of: ${faultKinds.join(", ")}.`,
    );
  });
}

/** Names of all scenarios, in the order in which they are played. */
export function scenarioNames(): string {
  return suites.flatMap(({ scenarios }) => scenarios.map(({ name }) => name)).join(", ");
}
