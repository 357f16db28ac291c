import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { stackName } from "../../operations/terraform/stack-kinds.ts";
import { childEnvironment } from "../../rehearsal/harness/child-environment.ts";
import { costOf } from "./cost.ts";
import type { Measured } from "./measured.ts";
import { onPlatforms } from "./rehearsed.ts";

/** First deployments that are played on clouds of their own, one after another, in one process. */
const suites = 10;

const mebibyte = 1024 ** 2;

/** The largest process of a plan in which nothing changes, beside that of Terraform's own plan of the largest stack. */
export function planMemory(interruption: AbortSignal): Promise<Measured> {
  return onPlatforms(process.cwd(), interruption, async ({ mam, harness }) => {
    await mam(["deploy"], ["--yes"]);
    const { cloud, workspace, providers } = harness;
    const env = childEnvironment(cloud, workspace, providers.source, "sealed");
    const stack = join(workspace.outdir, "stacks", stackName(cloud.environment.config.name, "app"));
    const init = ["terraform", "init", "-input=false"] as const;
    await costOf(init, stack, env);
    const alone = await costOf(["terraform", "plan", "-input=false"], stack, env);
    const program = join(process.cwd(), "operations/mam.mjs");
    const plan = ["node", program, "plan", cloud.environment.config.name] as const;
    const { peak: now } = await costOf(plan, join(workspace.root, "../.."), env);
    return {
      ...{ what: "largest process of `mam plan`", unit: "MiB", now },
      reference: { what: "Terraform's own plan", value: alone.peak },
      limit: { of: "reference", most: 1.2 },
    };
  });
}

/** What is still held once ten clouds were played with and closed, beside what is held after two of them. */
export async function cloudMemory(interruption: AbortSignal): Promise<Measured> {
  const held: number[] = [];
  while (held.length < suites) {
    await onPlatforms(process.cwd(), interruption, ({ terraform }) => terraform("apply"));
    held.push(heldNow());
  }
  const [, second = NaN] = held;
  return {
    ...{ what: "held after ten clouds", unit: "MiB", now: held.at(-1) ?? NaN },
    reference: { what: "after two", value: second },
    limit: { of: "reference", most: 1.1 },
  };
}

/** What this process holds once all that nobody needs is gone, in MiB. */
function heldNow(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed / mebibyte;
}
