import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type WrittenResource, resourcesIn } from "../../stacks/written-resources.ts";
import type { StackFolder } from "./synthesis.ts";

/** Every resource of a stack that was synthesised, as it is written there. */
export function writtenResources({ directory }: Pick<StackFolder, "directory">): WrittenResource[] {
  return resourcesIn(JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")));
}
