import { cpSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { environments } from "../../../../environments/index.ts";
import { checkEnvironment } from "../../../../environments/loading/check.ts";
import { rangesOverlap } from "../../../../environments/rules/network.ts";
import { changedProject } from "../../../harness/changed-project.ts";
import { endedWell, says } from "../../../harness/commands.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

const added = "demo";

/** Exit code of a plan that has changes, and of a command that cannot be done as it was typed. */
const two = 2;

const made = z.looseObject({
  values: z.array(z.object({ path: z.string(), value: z.string() })),
});

/** A new environment is made from the one that stands: what it may share with none is its own, and a plan makes all of it. */
export async function newEnvironment({
  cloud,
  project,
  mam,
  tell,
  expect,
}: ScenarioContext): Promise<void> {
  const { name } = cloud.environment.config;
  const copy = changedProject(project, name, (input) => input);
  const file = `environments/${name}.ts`;
  // Its own text, which a person wrote.
  cpSync(join(project.directory, file), join(copy.directory, file));
  try {
    const demo = mam.of(copy.directory, added).withVariables({
      MAM_ENVIRONMENT: added,
      MAM_RELEASE_DIRECTORY: join(copy.directory, "environments"),
    });
    tell(`mam init ${added} --from ${name}, mam state bootstrap ${added}, and mam plan ${added}`);
    const written = await demo.run("init", "--from", name, "--json");
    expect("mam init writes its files", endedWell(written));
    if (written.exitCode !== 0) return;
    const { values } = made.parse(JSON.parse(written.stdout));
    const own = new Map(values.map(({ path, value }) => [path, value]));
    expect("its range is free, and its names are its own", sharedValues(own));
    expect("its states have a place", endedWell(await demo.run("state bootstrap")));
    const plan = await demo.run("plan", "--detailed-exitcode");
    expect("mam plan makes all of it", says(plan, two, "digitalocean_vpc.vpc"));
    const again = await demo.run("init", "--from", name);
    expect("it is not written over", says(again, two, `There is an environment ${added} already`));
  } finally {
    copy.remove();
  }
}

/** What a new environment shares with one that there is. */
function sharedValues(own: ReadonlyMap<string, string>): string[] {
  const all = Object.entries(environments).flatMap(
    ([each, input]) => checkEnvironment(each, `environments/${each}.ts`, input).value ?? [],
  );
  return all.flatMap(({ name, network, storage, domain }) => {
    const taken = [name, storage.bucketPrefix, domain.zone, domain.appHost, domain.mediaHost];
    const range = own.get("network.vpcCidr") ?? "";
    return [
      ...[...own.values()].filter((value) => taken.includes(value)),
      ...(range === "" || rangesOverlap(network.vpcCidr, range) ? [`range ${range}`] : []),
    ];
  });
}
