import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { endpointsVariable } from "../../stacks/endpoints.ts";
import { writePrivately } from "../context/atomic-write.ts";
import type { Session } from "../context/session.ts";
import { stackName } from "../terraform/stack-kinds.ts";
import { needsOf, needsSchema } from "../terraform/stack-needs.ts";
import type { StackFolder } from "../terraform/synthesis.ts";

/** Writes the GPU stack of an environment into the run folder; where no machine is asked for, one that has none. */
export async function synthesiseGpu(session: Session): Promise<StackFolder> {
  const { environment, variables, run } = session;
  const { name } = environment.config;
  const stack = stackName(name, "gpu");
  // Loaded here, because most commands never need CDKTF.
  const { synthesise } = await import("../../stacks/synthesise.ts");
  const own = mkdtempSync(join(run().path, "synthesis-"));
  synthesise([environment], {
    outdir: own,
    rehearsal: variables[endpointsVariable],
    removing: name,
  });
  const text = readFileSync(join(own, "stacks", stack, "cdk.tf.json"), "utf8");
  rmSync(own, { recursive: true });
  const directory = run().stack(stack);
  writePrivately(join(directory, "cdk.tf.json"), text);
  return { name: stack, directory, needs: needsOf(needsSchema.parse(JSON.parse(text))) };
}
