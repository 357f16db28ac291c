import type { Environment } from "../../../../environments/loading/load.ts";
import { changedProject } from "../../../harness/changed-project.ts";
import { says, succeeded } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

/** Exit code of a command that cannot be done as it was typed. */
const refused = 2;

/**
 * The states go to another bucket, and back. In between a plan has to be empty in each place, and a place that still has
 * the states of before is told from one that has others.
 */
export async function movedStates(
  context: ScenarioContext,
  { config }: Environment,
): Promise<void> {
  const { mam, tell, expect } = context;
  const { backend } = config.state;
  if (backend.kind !== "spaces") return;
  const [old, next] = [backend.bucket, `${backend.bucket}-moved`];
  const elsewhere = changedProject(process.cwd(), config.name, (input) => ({
    ...input,
    logs: { ...input.logs, ...config.logs },
    state: { backend: { kind: "spaces", bucket: next } },
  }));
  try {
    const moved = mam.of(elsewhere.directory);
    tell("mam state bootstrap and migrate, to another bucket");
    expect("the new bucket is made", succeeded(await moved.run("state bootstrap")));
    await holdMoved(context, moved, old);
    const again = await moved.run("state migrate", "--from", old);
    expect("a second time writes nothing", says(again, 0, "there already, the same"));

    tell("and back");
    const there = await mam.run("state migrate", "--from", old);
    expect("the place where they are is no place to go", says(there, refused, "says already"));
    emptyBucket(context, old);
    await holdMoved(context, mam, next);
  } finally {
    elsewhere.remove();
  }
}

async function holdMoved({ expect }: ScenarioContext, mam: Mam, from: string): Promise<void> {
  const done = await mam.run("state migrate", "--from", from);
  expect(`the states of ${from} are copied and compared`, says(done, 0, "copied and compared"));
  const plan = await mam.run("plan", "--detailed-exitcode");
  expect(`the plan after the way from ${from} is empty`, succeeded(plan));
}

/** As docs/state.md says once everything is in its new place: the old states go, with their versions. */
function emptyBucket({ cloud }: ScenarioContext, bucket: string): void {
  cloud.spaces.store.buckets.get(bucket)?.objects.clear();
}
