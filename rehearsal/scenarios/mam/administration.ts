import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { type ChangedProject, changedProject } from "../../harness/changed-project.ts";
import { endedWell, says } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { lockKeys } from "../../harness/states.ts";
import { askedByAnAdministrator } from "./administrator.ts";
import { deployAfterDeadRun } from "./administration/dead-run.ts";
import { movedStates } from "./administration/moved-states.ts";
import { newEnvironment } from "./administration/new-environment.ts";
import { olderStates } from "./administration/older-states.ts";

/** What an administrator does with an environment that stands: its states, what it costs, its pages, another one like it. */
export const administration: Scenario = {
  name: "administration",
  title: "states shown, gone back to, unlocked and moved; the cost, the runbook, a new environment",
  after: [],
  onDemand: true,
  async play(context) {
    const { name } = context.cloud.environment.config;
    const grown = changedProject(context.project, name, withSink);
    try {
      await onFreshPlatforms(grown.environment, context.project, context.interruption, (harness) =>
        administer({ ...context, ...harness.context }, grown),
      );
    } finally {
      grown.remove();
    }
  },
};

/** Something that a first deployment has not made: a state from before does not know it. */
const withSink = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  logs: {
    ...input.logs,
    databaseSink: { server: "logs.northlight.example", port: 6514, clusters: ["valkey"] },
  },
});

async function administer(fresh: ScenarioContext, grown: ChangedProject): Promise<void> {
  const { cloud, mam, tell, expect } = fresh;
  const first = await deployAfterDeadRun(fresh);
  expect("a first deployment ends well", endedWell(first));
  tell("mam deploy, once more with something new");
  const context = { ...fresh, mam: mam.of(grown.directory) };
  const second = await context.mam.run("deploy", "--yes");
  expect("a second one, with something new, ends well", endedWell(second));
  if (first.exitCode !== 0 || second.exitCode !== 0) return;

  await olderStates(context);
  await askedByAnAdministrator({ ...context, sealedMam: context.mam });
  await pagesAreCurrent(fresh);
  await newEnvironment(context);
  await movedStates(context, grown);
  expect("no lock is left behind", lockKeys(cloud));
}

/** The pages of this checkout are current; a project that says something else has to write them first. */
async function pagesAreCurrent({ project, mam, tell, expect }: ScenarioContext): Promise<void> {
  tell("mam runbook --check");
  if (project.directory !== process.cwd()) {
    const old = await mam.run("runbook", "--check");
    expect("pages of another configuration are not current", says(old, 1, "not current"));
    expect("mam runbook writes them", endedWell(await mam.run("runbook")));
  }
  expect("the pages of the runbook are current", endedWell(await mam.run("runbook", "--check")));
}
