import { type StackKind, stackKinds } from "../../operations/terraform/stack-kinds.ts";
import { endedWell } from "../harness/commands.ts";
import type { Mam } from "../harness/mam.ts";
import type { Scenario, ScenarioContext } from "../harness/scenario.ts";
import { programVariable, type Stacks } from "../harness/stacks.ts";
import type { Side } from "./side.ts";

/** What a plan of a stack would do; nothing where it is empty. */
export interface UpgradePlan {
  readonly stack: StackKind;
  readonly changes: readonly string[];
}

/** What an upgrade came to, as far as it was played. */
export interface UpgradeOutcome {
  /** Plans of the new side over what the old one deployed. */
  over: readonly UpgradePlan[];
  /** Whether the new side deployed a release; undefined when it did not come to that. */
  released?: boolean;
  /** Plans of the old side after the release of the new one. */
  back: readonly UpgradePlan[];
}

/** The commands of one side. */
interface Commands {
  readonly mam: Mam;
  readonly sealedMam: Mam;
  readonly stacks: Stacks;
}

/**
 * Deploys an environment with one side, plans with the other, deploys a release with it, and goes back to the first.
 *
 * @param use takes the bindings of a side.
 * @param outcome is filled in.
 */
export function upgrade(
  from: Side,
  to: Side,
  use: (side: Side) => void,
  outcome: UpgradeOutcome,
): Scenario {
  return {
    name: "upgrade",
    title: `deployed with ${from.what}, planned and released with ${to.what}, and back`,
    after: [],
    async play(context) {
      const { tell, expect } = context;
      const begin = (side: Side) => {
        use(side);
        return commandsOf(context, side);
      };
      tell(`mam deploy with ${from.what}`);
      const deployed = await begin(from).mam.run("deploy", "--yes");
      expect(`${from.what} deploys`, endedWell(deployed));
      if (deployed.exitCode !== 0) return;
      const later = begin(to);
      outcome.over = await planAll(context, later.stacks, `with ${to.what}`);
      outcome.released = await release(context, later, to);
      const how = `with ${from.what}, after ${to.what}`;
      outcome.back = await planAll(context, begin(from).stacks, how);
    },
  };
}

/** Deploys a release. @returns whether it went through */
async function release(
  { tell, expect, releases }: ScenarioContext,
  { sealedMam }: Commands,
  { what }: Side,
): Promise<boolean> {
  releases.write(releases.push());
  tell(`mam deploy of a release with ${what}`);
  const released = await sealedMam.run("deploy", "--yes");
  expect(`${what} deploys a release`, endedWell(released));
  return released.exitCode === 0;
}

function commandsOf(
  { mam, sealedMam, sealedStacks }: ScenarioContext,
  { program }: Side,
): Commands {
  const variables = { [programVariable]: program };
  return {
    mam: mam.withVariables(variables),
    sealedMam: sealedMam.withVariables(variables),
    stacks: sealedStacks.withProgram(program),
  };
}

/** `cdktf diff` of each stack, which has to find nothing. */
async function planAll(
  { tell, expect }: Pick<ScenarioContext, "tell" | "expect">,
  stacks: Stacks,
  how: string,
): Promise<UpgradePlan[]> {
  const plans: UpgradePlan[] = [];
  for (const stack of stackKinds) {
    tell(`cdktf diff of ${stack} ${how}`);
    const { result, changes } = await stacks.diff(stack);
    const found = Object.entries(changes).map((change) => change.join(": "));
    const objections = [...endedWell(result), ...found];
    expect(`a plan of ${stack} ${how} changes nothing`, objections);
    plans.push({ stack, changes: objections });
  }
  return plans;
}
