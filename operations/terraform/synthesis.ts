import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { z } from "zod";

import type { Session } from "../command/session.ts";
import { endpointsVariable } from "../../stacks/endpoints.ts";
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
 * `CDKTF_OUTDIR`, so that `cdktf diff` and `deploy` find the same stacks.
 */
export async function synthesiseStacks({
  environment,
  project,
  variables,
}: Session): Promise<Readonly<Record<StackPart, WrittenStack>>> {
  // Loaded here, because half of the commands never need CDKTF, which takes a third of a second.
  const { synthesise } = await import("../../stacks/synthesise.ts");
  const outdir = resolve(project, variables.CDKTF_OUTDIR ?? "cdktf.out");
  const files = synthesise([environment], { outdir, rehearsal: variables[endpointsVariable] });
  const [storage, data, app] = stackParts.map((part) => {
    const name = stackName(environment.config.name, part);
    const file = files.find((one) => dirname(one).endsWith(join("stacks", name)));
    if (file === undefined) throw new Error(`${name} was not written`);
    const directory = resolve(project, dirname(file));
    return {
      part,
      name,
      directory,
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
