import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { z } from "zod";

import type { Session } from "../command/session.ts";
import { endpointsVariable } from "../../stacks/endpoints.ts";
import { unlessWritten } from "./written.ts";
import { type StackPart, stackName, stackParts } from "./stack-parts.ts";

/** A stack as it was written. */
export interface WrittenStack {
  readonly part: StackPart;
  readonly name: string;
  /** Directory of its Terraform JSON, absolute. */
  readonly directory: string;
  /** What it says, as a hash: two stacks that say the same have the same, whoever wrote them. */
  readonly fingerprint: string;
}

const stackFile = z.looseObject({
  variable: z.record(z.string(), z.looseObject({ ephemeral: z.boolean().optional() })).default({}),
});

/**
 * Writes the Terraform JSON of a session's environment, in this process: where CDKTF writes it too, `cdktf.out` or
 * `CDKTF_OUTDIR`, so that `cdktf diff` and `deploy` find the same stacks. What stands there from the same sources and
 * the same environment is left as it is, because CDKTF takes half a second to load.
 */
export async function synthesiseStacks({
  environment,
  project,
  variables,
}: Session): Promise<Readonly<Record<StackPart, WrittenStack>>> {
  const outdir = resolve(project, variables.CDKTF_OUTDIR ?? "cdktf.out");
  const rehearsal = variables[endpointsVariable];
  const { name } = environment.config;
  const files = stackParts.map((part) =>
    join(outdir, "stacks", stackName(name, part), "cdk.tf.json"),
  );
  await unlessWritten(
    { outdir, name, files, inputs: [project, environment, rehearsal] },
    async () => {
      // Loaded here, because half of the commands never need CDKTF.
      const { synthesise } = await import("../../stacks/synthesise.ts");
      synthesise([environment], { outdir, rehearsal });
    },
  );
  const [storage, data, app] = stackParts.map((part, index) => {
    const file = files[index] ?? "";
    return {
      part,
      name: stackName(name, part),
      directory: dirname(file),
      fingerprint: fingerprint(readFileSync(file, "utf8"), variables),
    };
  });
  if (!storage || !data || !app) throw new Error("a stack was not written");
  return { storage, data, app };
}

/**
 * Hashes a stack with the values of its variables: a new secret changes what a stack comes to, and no letter of its
 * text. Ephemeral ones are left out, because they never reach a resource.
 */
function fingerprint(text: string, variables: Session["variables"]): string {
  const { variable } = stackFile.parse(JSON.parse(text));
  const values = Object.entries(variable)
    .filter(([, { ephemeral }]) => ephemeral !== true)
    .map(([name]) => [name, variables[`TF_VAR_${name}`]]);
  return createHash("sha256").update(text).update(JSON.stringify(values)).digest("hex");
}
