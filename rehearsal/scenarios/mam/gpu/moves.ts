import { succeeded } from "../../../harness/commands.ts";
import { operandsOf } from "../images.ts";
import { type GpuStage, same } from "./stage.ts";

function areOthers({ expect, machines }: GpuStage, before: readonly number[]): void {
  const after = machines.ids();
  expect(
    "both machines are others",
    after.length === 2 && !after.some((id) => before.includes(id)),
  );
}

function bothRun({ machines }: GpuStage, digest: string): boolean {
  const digests = machines.variables().map(({ RELEASE_DIGEST: own }) => own);
  return same(digests, [digest, digest]);
}

/** Both machines come to a new release, one after the other. */
export async function release(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines, releases } = stage;
  const before = machines.ids();
  const next = releases.push();
  machines.fewest();
  tell("a release");
  const chosen = await mam.run("release", ...operandsOf(next));
  expect("mam release writes it", succeeded(chosen));
  expect("mam deploy ends well", succeeded(await mam.run("deploy", "--yes")));
  areOthers(stage, before);
  expect("one ran while the other was replaced", machines.fewest() === 1);
  expect("both run the release", bothRun(stage, next.images.worker));
  expect("mam verify agrees", succeeded(await mam.run("verify")));
}

/** Both machines go back with the app. */
export async function goBackInEmergency(stage: GpuStage): Promise<void> {
  const { tell, expect, mam, machines, releases } = stage;
  const good = releases.current();
  const regretted = releases.push();
  await mam.run("release", ...operandsOf(regretted));
  expect("a release that is regretted is deployed", succeeded(await mam.run("deploy", "--yes")));
  const before = machines.ids();
  tell("mam rollback --emergency");
  const back = await mam.run("rollback", "--emergency", "--yes");
  expect("mam rollback --emergency ends well", succeeded(back));
  areOthers(stage, before);
  expect("both run what was gone back to", bothRun(stage, good.images.worker));
  expect("mam verify agrees", succeeded(await mam.run("verify")));
}

/** Both machines get other storage keys, and the old ones end. */
export async function rotateStorageKeys(stage: GpuStage): Promise<void> {
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
