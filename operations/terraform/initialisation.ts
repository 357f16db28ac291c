import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { writeWhole } from "../command/whole-file.ts";
import { type TerraformSurroundings, runTerraform } from "./process.ts";
import type { WrittenStack } from "./synthesis.ts";

const stackFile = z.looseObject({ terraform: z.unknown() });
const reattached = z.record(z.string(), z.unknown());

/**
 * Makes a stack's directory ready: backend and providers. Left out when it was made ready for the same before, because
 * it takes as long as a plan of a small stack.
 *
 * @throws TerraformFailed, among others when the state's place was changed: a state is only moved on purpose.
 */
export async function initialise(
  { directory }: WrittenStack,
  surroundings: TerraformSurroundings,
): Promise<void> {
  const marker = join(directory, ".terraform", "made-ready-for");
  const wanted = purpose(directory, surroundings.environment);
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  await runTerraform(surroundings, ["init", "-input=false", "-json"], { directory });
  // After init, because the lock file is what it wrote.
  writeWhole(marker, purpose(directory, surroundings.environment));
}

/** What a directory is made ready for, as a hash: versions, backend, the locked providers, and where providers are from. */
function purpose(directory: string, environment: Readonly<Record<string, string>>): string {
  const { terraform } = stackFile.parse(
    JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")),
  );
  const lock = join(directory, ".terraform.lock.hcl");
  const { TF_REATTACH_PROVIDERS: reattach } = environment;
  const attached =
    reattach === undefined ? [] : Object.keys(reattached.parse(JSON.parse(reattach)));
  return createHash("sha256")
    .update(JSON.stringify([terraform, attached]))
    .update(existsSync(lock) ? readFileSync(lock) : "")
    .digest("hex");
}
