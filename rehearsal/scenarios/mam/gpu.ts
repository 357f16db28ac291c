import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { machineName } from "../../../constructs/gpu/names.ts";
import { type ChangedProject, changedProject } from "../../harness/changed-project.ts";
import { succeeded } from "../../harness/commands.ts";
import { onFreshPlatforms } from "../../harness/fresh-harness.ts";
import { Machines, answerOf } from "../../harness/machines.ts";
import type { Mam } from "../../harness/mam.ts";
import type { HarnessContext } from "../../harness/rehearsal.ts";
import type { Scenario, ScenarioContext } from "../../harness/scenario.ts";
import { lockKeys } from "../../harness/states.ts";
import { machinesRefused } from "./gpu/refused.ts";
import { leftOfBundles, leftOfMachines } from "./gpu/left.ts";
import { operandsOf } from "./images.ts";

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
      return machinesRefused(context, none, withMachines).finally(none.remove);
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

/** What the act is played with. */
interface GpuStage extends ScenarioContext, HarnessContext {
  readonly machines: Machines;
  readonly none: ChangedProject;
  readonly two: ChangedProject;
}

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

const droplets = ({ cloud }: GpuStage) => cloud.digitalOcean.store.droplets;

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

async function release(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines, releases } = stage;
  const before = machines.ids();
  const next = releases.push();
  machines.fewest();
  tell("a release");
  const chosen = await mam.run("release", ...operandsOf(next));
  expect("mam release writes it", succeeded(chosen));
  expect("mam deploy ends well", succeeded(await mam.run("deploy", "--yes")));
  const after = machines.ids();
  expect(
    "both machines are others",
    after.length === 2 && !after.some((id) => before.includes(id)),
  );
  expect("one ran while the other was replaced", machines.fewest() === 1);
  const digests = machines.variables().map(({ RELEASE_DIGEST: digest }) => digest);
  expect("both run the release", same(digests, [next.images.worker, next.images.worker]));
  expect("mam verify agrees", succeeded(await mam.run("verify")));
}

/** What looks at an environment knows its fourth stack. */
async function knownToCommands({ tell, expect, mam, cloud }: GpuStage): Promise<void> {
  const stack = `${cloud.environment.config.name}-gpu`;
  tell("mam drift, and mam state show");
  expect("mam drift finds none", succeeded(await mam.run("drift")));
  const shown = await mam.run("state show");
  expect("mam state show has its state", named(shown.stdout, stack));
}

async function goBackInEmergency(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines, releases } = stage;
  const good = releases.current();
  const regretted = releases.push();
  await mam.run("release", ...operandsOf(regretted));
  expect("a release that is regretted is deployed", succeeded(await mam.run("deploy", "--yes")));
  const before = machines.ids();
  tell("mam rollback --emergency");
  const back = await mam.run("rollback", "--emergency", "--yes");
  expect("mam rollback --emergency ends well", succeeded(back));
  const after = machines.ids();
  expect(
    "both machines are others",
    after.length === 2 && !after.some((id) => before.includes(id)),
  );
  const digests = machines.variables().map(({ RELEASE_DIGEST: digest }) => digest);
  expect("both run what was gone back to", same(digests, [good.images.worker, good.images.worker]));
  expect("mam verify agrees", succeeded(await mam.run("verify")));
}

/** A second machine of a name, as a creation leaves that was tried twice. */
async function leftOver(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines } = stage;
  const [first] = droplets(stage);
  if (!first) throw new Error("no machine stands");
  const { name, region, size, image } = first;
  const speak = machines.mute(name);
  tell("a second machine of a name stands, and no state knows it");
  const body = { name, region, size, image, tags: [], user_data: "", vpc_uuid: first.vpc_uuid };
  const flags = { ssh_keys: [], backups: false, ipv6: false };
  const { droplet } = await stage.api.call(
    "createDroplet",
    {},
    { body: { ...body, ...flags, private_networking: true, monitoring: true } },
  );
  const asked = await mam.run("doctor");
  const line = ["digitalocean_droplet.gpu_worker_1", String(droplet.id)];
  expect("mam doctor names it, with its line", named(asked.stdout, line.join(" ")));
  expect("its line works", succeeded(await mam.run("state remove", ...line)));
  expect("it is gone", !droplets(stage).some(({ id }) => id === droplet.id));
  expect("both machines go on", machines.ids().length === 2 || machines.objections);
  speak();
}

async function rotateStorageKeys(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines, releases } = stage;
  const keys = () => machines.variables().map((one) => one.WASABI_PREVIEWS_ACCESS_KEY);
  const before = keys();
  tell("mam secrets rotate storage-keys, and --retire");
  const rotated = await mam.run("secrets rotate", "storage-keys", "--yes");
  expect("mam secrets rotate ends well", succeeded(rotated));
  expect("both machines work with another key", !keys().some((key) => before.includes(key)));
  releases.letWaitingPass(24 * 60);
  const retired = await mam.run("secrets rotate", "storage-keys", "--retire", "--yes");
  expect("mam secrets rotate --retire ends well", succeeded(retired));
  await machines.settle();
  expect("both machines go on", machines.ids().length === 2 || machines.objections);
  expect("mam verify agrees", succeeded(await mam.run("verify")));
}

async function breakCard(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines } = stage;
  const [broken = 0] = machines.ids();
  tell("a card breaks");
  machines.breakCard(broken, "the driver does not find the card");
  await machines.settle();
  const verified = await mam.run("verify");
  expect("mam verify warns and names the machine", named(verified.stdout, `Droplet ${broken}`));
  expect("and why its card is not used", named(verified.stdout, "does not find the card"));
  const status = await mam.run("status");
  expect("mam status says so", named(status.stdout, "on its CPU"));
}

async function neverReports(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines, cloud } = stage;
  const name = machineName(cloud.environment.config, 2);
  const second = droplets(stage).find((one) => one.name === name);
  const speak = machines.mute(name);
  tell("a machine is deleted by hand, and the next one never reports in");
  await stage.api.call("deleteDroplet", { droplet_id: second?.id ?? 0 });
  const deployed = await mam.run("deploy", "--yes");
  expect("mam deploy fails", deployed.exitCode === 1);
  expect("and names the machine", named(deployed.stdout, name));
  expect("it was taken back", !droplets(stage).some((one) => one.name === name));
  expect("the other one goes on", machines.ids().length === 1);
  speak();
  expect("the next deployment makes it", succeeded(await mam.run("deploy", "--yes")));
  expect("two machines run again", machines.ids().length === 2 || machines.objections);
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

const same = (one: readonly unknown[], other: readonly unknown[]) =>
  JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());

const named = (text: string, words: string) => text.includes(words) || [text.slice(-2000)];
