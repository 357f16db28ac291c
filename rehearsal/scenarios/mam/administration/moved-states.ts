import type { EnvironmentConfig } from "../../../../environments/schema/environment.ts";
import { type ChangedProject, changedProject } from "../../../harness/changed-project.ts";
import { endedWell, says } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

/** Exit code of a command that cannot be done as it was typed. */
const refused = 2;

type Backend = EnvironmentConfig["state"]["backend"];

/**
 * The states go to a bucket, and back. In between a plan has to be empty in each place, and a place that still has the
 * states of before is told from one that has others.
 */
export async function movedStates(context: ScenarioContext, from: ChangedProject): Promise<void> {
  const { mam, tell, expect } = context;
  const { name, state } = from.environment.config;
  const old = placeCalled(state.backend);
  const next = `${name}-states-moved`;
  const elsewhere = changedProject(from, name, (input) => ({
    ...input,
    state: { ...input.state, backend: { kind: "spaces", bucket: next } },
  }));
  try {
    const moved = mam.of(elsewhere.directory);
    tell("mam state bootstrap and migrate, to another bucket");
    expect("the new bucket is made", endedWell(await moved.run("state bootstrap")));
    await holdMoved(context, moved, old);
    const again = await moved.run("state migrate", "--from", old);
    expect("a second time writes nothing", says(again, 0, "there already, the same"));

    tell("and back");
    const there = await mam.run("state migrate", "--from", old);
    expect("the place where they are is no place to go", says(there, refused, "says already"));
    emptyPlace(context, state.backend);
    await holdMoved(context, mam, next);
  } finally {
    elsewhere.remove();
  }
}

/** A place as `--from` names it. */
function placeCalled(backend: Backend): string {
  if (backend.kind === "spaces") return backend.bucket;
  if (backend.kind === "hcp") return `hcp:${backend.organization}/${backend.workspacePrefix}`;
  throw new Error("states that are files are not moved here");
}

async function holdMoved({ expect }: ScenarioContext, mam: Mam, from: string): Promise<void> {
  const done = await mam.run("state migrate", "--from", from);
  expect(`the states of ${from} are copied and compared`, says(done, 0, "copied and compared"));
  const plan = await mam.run("plan", "--detailed-exitcode");
  expect(`the plan after the way from ${from} is empty`, endedWell(plan));
}

/** As docs/state.md says once everything is in its new place: the old states go, with their versions. */
function emptyPlace({ cloud }: ScenarioContext, backend: Backend): void {
  if (backend.kind === "spaces") cloud.spaces.store.buckets.get(backend.bucket)?.objects.clear();
  else cloud.hcp?.store.stateVersions.splice(0);
}
