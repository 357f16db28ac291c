import { machineName } from "../../../../constructs/gpu/names.ts";
import { succeeded } from "../../../harness/commands.ts";
import { type GpuStage, droplets, named } from "./stage.ts";

/** A second machine of a name, as a creation leaves that was tried twice. */
export async function leftOver(stage: GpuStage): Promise<void> {
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

/** A card breaks: its machine goes on by its processor. */
export async function breakCard(stage: GpuStage): Promise<void> {
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

/** A machine that never reports in is taken back. */
export async function neverReports(stage: GpuStage): Promise<void> {
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
