import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { changedProject } from "../../harness/changed-project.ts";
import { succeeded } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import { Machines, answerOf } from "../../harness/machines.ts";
import type { Mam } from "../../harness/mam.ts";
import type { Scenario } from "../../harness/scenario.ts";
import { lockKeys } from "../../harness/states.ts";
import { machinesRefused } from "./gpu/refused.ts";
import { leftOfBundles, leftOfMachines } from "./gpu/left.ts";
import { goBackInEmergency, release, rotateStorageKeys } from "./gpu/moves.ts";
import { type GpuStage, droplets, named, same } from "./gpu/stage.ts";
import { breakCard, leftOver, neverReports } from "./gpu/troubles.ts";

/** Machines with a card: from none to two, through a release and a rotation, and back to none. */
export const gpu: Scenario = {
  name: "gpu",
  title: "machines with a card come, are replaced one after the other, break, and go",
  after: [],
  onDemand: true,
  async play(context) {
    const { name } = context.cloud.environment.config;
    const none = changedProject(context.project, name, inToronto);
    if (none.environment.config.state.backend.kind !== "spaces")
      return machinesRefused(context, none, withMachines).finally(() => {
        none.remove();
      });
    const two = changedProject(none, name, withMachines);
    try {
      await onFreshPlatforms(two.environment, two, context.interruption, async (harness) => {
        const machines = new Machines(harness.cloud);
        try {
          await playAll({ ...context, ...harness.context, machines, none, two });
        } finally {
          await machines.close();
        }
      });
    } finally {
      none.remove();
      two.remove();
    }
  },
};

/** Where DigitalOcean sells cards. */
const inToronto = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  network: { ...input.network, region: "tor" },
});

const withMachines = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  services: {
    ...input.services,
    worker: {
      ...input.services.worker,
      gpu: {
        size: "gpu-4000adax1-20gb",
        count: 2,
        reason: "Films of the archive are converted until the end of the year.",
      },
    },
  },
});

async function playAll(stage: GpuStage): Promise<void> {
  const { expect, machines, cloud } = stage;
  if (!(await fromNoneToTwo(stage))) return;
  await knownToCommands(stage);
  await release(stage);
  await goBackInEmergency(stage);
  await rotateStorageKeys(stage);
  await leftOver(stage);
  await breakCard(stage);
  await neverReports(stage);
  await backToNone(stage);
  expect("no machine was ever kept from its work", machines.objections);
  expect("no lock is left behind", lockKeys(cloud));
}

const without = ({ mam, none }: GpuStage): Mam => mam.of(none.directory);

async function fromNoneToTwo(stage: GpuStage): Promise<boolean> {
  const { tell, expect, mam, machines } = stage;
  tell("mam deploy without machines");
  const first = await without(stage).run("deploy", "--yes");
  expect("a platform without machines is deployed", succeeded(first));
  if (first.exitCode !== 0) return false;
  expect("it has no machine", droplets(stage).length === 0);

  tell("mam deploy with two machines");
  const deployed = await mam.run("deploy", "--yes");
  expect("two machines are deployed", succeeded(deployed));
  if (deployed.exitCode !== 0) return false;
  expect("two machines run", machines.ids().length === 2 || machines.objections);
  expect("they stand in the platform's network, and nobody may reach them", reachable(stage));
  await nothingIsLeftLying(stage);
  expect("mam verify agrees", succeeded(await mam.run("verify")));
  const status = await mam.run("status");
  expect("mam status shows both", /gpu 1 .*1 of 1.*[\s\S]*gpu 2 .*1 of 1/.test(status.stdout));
  const plan = await mam.run("plan", "--detailed-exitcode", "--all");
  expect("mam plan finds nothing to change", succeeded(plan));
  const again = droplets(stage).map(({ id }) => id);
  expect("a second deployment ends well", succeeded(await mam.run("deploy", "--yes")));
  expect(
    "and leaves both machines as they are",
    same(
      again,
      droplets(stage).map(({ id }) => id),
    ),
  );
  return true;
}

function reachable(stage: GpuStage): string[] {
  const { store } = stage.cloud.digitalOcean;
  const vpcs = new Set(store.databases.map((one) => one.private_network_uuid));
  return [
    ...droplets(stage)
      .filter(({ vpc_uuid: vpc }) => !vpcs.has(vpc))
      .map(({ name }) => `${name} is elsewhere`),
    ...store.firewalls
      .filter(({ inbound_rules: rules }) => rules.length > 0)
      .map(({ name }) => `${name} lets somebody in`),
  ];
}

/** What user data and the state hold opens nothing any more, and the bucket has no version of what machines were told. */
async function nothingIsLeftLying(stage: GpuStage): Promise<void> {
  const { expect } = stage;
  const answers = await Promise.all(droplets(stage).map(answerOf));
  expect(
    "the addresses in their user data open nothing any more",
    answers.filter((answer) => answer < 400).map((answer) => `one answers ${answer}`),
  );
  expect(
    "no version of what they were told is left in the state bucket",
    await leftOfBundles(stage),
  );
}

/** What looks at an environment knows its fourth stack. */
async function knownToCommands({ tell, expect, mam, cloud }: GpuStage): Promise<void> {
  const stack = `${cloud.environment.config.name}-gpu`;
  tell("mam drift, and mam state show");
  expect("mam drift finds none", succeeded(await mam.run("drift")));
  const shown = await mam.run("state show");
  expect("mam state show has its state", named(shown.stdout, stack));
}

async function backToNone(stage: GpuStage): Promise<void> {
  const { tell, expect, machines } = stage;
  tell("back to none");
  const mam = without(stage);
  const planned = await mam.run("plan", "--detailed-exitcode");
  expect("mam plan says that they go", named(planned.stdout, "- remove: 1, 2"));
  expect("and what a month costs less", named(planned.stdout, "-$1,109.60"));
  expect("it ends as a plan that changes something", planned.exitCode === 2);
  expect("mam deploy ends well", succeeded(await mam.run("deploy", "--yes")));
  const left = await leftOfMachines(stage);
  expect("nothing of them is left", left);
  expect("no machine runs", machines.ids().length === 0);
  const plan = await mam.run("plan", "--detailed-exitcode", "--all");
  expect("mam plan finds nothing to change", succeeded(plan));
  expect("mam verify agrees", succeeded(await mam.run("verify")));
}
