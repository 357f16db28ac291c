import { z } from "zod";

import { stackKinds, stackName } from "../../../../operations/terraform/stack-kinds.ts";
import { endedWell, says } from "../../../harness/commands.ts";
import type { Mam } from "../../../harness/mam.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

/** Exit code of a plan that has changes. */
const hasChanges = 2;

const shownStates = z.looseObject({
  states: z.array(z.looseObject({ stack: z.string(), serial: z.number(), resources: z.number() })),
});

const listedVersions = z.looseObject({
  states: z.array(
    z.looseObject({ versions: z.array(z.looseObject({ id: z.string(), stands: z.boolean() })) }),
  ),
});

/** After two deployments: states are shown and listed, an older one becomes the newest, and the way back undoes it. */
export async function olderStates({ cloud, mam, tell, expect }: ScenarioContext): Promise<void> {
  const { name } = cloud.environment.config;
  tell("mam state show, versions and restore");
  const { stdout } = await mam.run("state show", "--json");
  const { states } = shownStates.parse(JSON.parse(stdout));
  expect(
    "mam state show names every stack, with what it manages",
    stackKinds
      .map((kind) => stackName(name, kind))
      .filter((stack) => !states.some((one) => one.stack === stack && one.resources > 0)),
  );
  const versions = await versionsOfData(mam);
  expect("mam state versions lists more than one", versions.length > 1);
  expect("exactly one version stands", versions.filter(({ stands }) => stands).length === 1);
  const [, older] = versions;
  if (!older) return;

  const restored = await mam.run("state restore", "data", older.id);
  expect("an older state is restored", says(restored, 0, "Nothing on the platforms was changed."));
  expect("it says what it does not know any more", says(restored, 0, "It does not know any more"));
  const plan = await mam.run("plan", "--detailed-exitcode");
  expect("mam plan says what a deployment would do then", says(plan, hasChanges, "sink"));
  const [, back = ""] = /^Back: mam state restore \S+ \S+ (\S+)$/m.exec(restored.output) ?? [];
  const undone = await mam.run("state restore", "data", back);
  expect("the line that it prints goes back", says(undone, 0, "It knows again:"));
  const after = await mam.run("plan", "--detailed-exitcode");
  expect("mam plan finds nothing to change then", endedWell(after));
  const unknown = await mam.run("state restore", "data", "nothing");
  expect("a version that there is not is refused", says(unknown, hasChanges, "no version nothing"));
}

async function versionsOfData(mam: Mam) {
  const { stdout } = await mam.run("state versions", "data", "--json");
  return listedVersions.parse(JSON.parse(stdout)).states.flatMap(({ versions }) => versions);
}
