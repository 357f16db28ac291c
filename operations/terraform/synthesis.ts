import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import type { z } from "zod";

import { writePrivately, writeAtomically } from "../context/atomic-write.ts";
import { type LeftOut, leftOut } from "../effects/left-out.ts";
import type { Session } from "../context/session.ts";
import { endpointsVariable } from "../../stacks/endpoints.ts";
import { makePrivate } from "../context/place.ts";
import { type StackNeeds, needsOf, needsSchema } from "./stack-needs.ts";
import { type AnyStack, type StackKind, stackName, stackKinds } from "./stack-kinds.ts";
import { unlessWritten } from "./written.ts";

/** A stack as Terraform works on it. */
export interface StackFolder {
  readonly name: string;
  /** Directory of its Terraform JSON in this process's run folder, absolute: no other process changes what is in it. */
  readonly directory: string;
  readonly needs: StackNeeds;
}

/** A stack as this process judges and applies it. */
export interface SynthesizedStack<Kind extends AnyStack = StackKind> extends StackFolder {
  readonly kind: Kind;
  /** What it says, as a hash: two stacks that say the same have the same. */
  readonly fingerprint: string;
  /** What it should say and does not; nothing without it. */
  readonly leftOut?: readonly LeftOut[];
}

/** Name of the file with a stack's Terraform JSON, in each directory of a stack. */
const stackFile = "cdk.tf.json";

/**
 * Writes the Terraform JSON of a session's environment into the run folder, and to where CDKTF writes it too,
 * `cdktf.out` or `CDKTF_OUTDIR`, so that `cdktf diff` and `deploy` find the same stacks. What stands there from the same
 * sources and the same environment is taken as it is, because CDKTF takes half a second to load.
 */
export async function synthesiseStacks(
  session: Session,
): Promise<Readonly<Record<StackKind, SynthesizedStack>>> {
  const texts = await stackTexts(session);
  const [storage, data, app] = stackKinds.map((kind, index) =>
    privately(session, kind, texts[index] ?? ""),
  );
  if (!storage || !data || !app) throw new Error("a stack was not written");
  return { storage, data, app };
}

/** Terraform JSON of the stacks, in their order. */
async function stackTexts(session: Session): Promise<readonly string[]> {
  const { environment, project, variables } = session;
  const outdir = resolve(project, variables.CDKTF_OUTDIR ?? "cdktf.out");
  const rehearsal = variables[endpointsVariable];
  const { name } = environment.config;
  const paths = stackKinds.map((kind) => join("stacks", stackName(name, kind), stackFile));
  const files = paths.map((path) => join(outdir, path));
  const inputs = [project, environment, rehearsal];
  return unlessWritten({ outdir, name, files, inputs }, async () => {
    const texts = await synthesisedTexts(session, [...paths, "manifest.json"]);
    // Other tools leave plans and states in it.
    makePrivate(outdir);
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(outdir, path)), { recursive: true });
      writeAtomically(join(outdir, path), text);
    }
    return paths.map((path) => texts.get(path) ?? "");
  });
}

/** What was synthesised last in this process: a deployment asks four times what one environment says. */
let last: { readonly of: string; readonly texts: ReadonlyMap<string, string> } | undefined;

/** What CDKTF makes of an environment, by path. */
async function synthesisedTexts(
  session: Session,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { environment, variables } = session;
  const rehearsal = variables[endpointsVariable];
  const of = JSON.stringify([environment, rehearsal]);
  if (last?.of === of) return last.texts;
  const texts = await newTexts(session, paths);
  last = { of, texts };
  return texts;
}

/** The same, made now. @param removing environment whose machines' stack is written although none is asked for */
async function newTexts(
  { environment, variables, run }: Session,
  paths: readonly string[],
  removing?: string,
): Promise<ReadonlyMap<string, string>> {
  const rehearsal = variables[endpointsVariable];
  // Loaded here, because half of the commands never need CDKTF.
  const { synthesise } = await import("../../stacks/synthesise.ts");
  const own = mkdtempSync(join(run().path, "synthesis-"));
  synthesise([environment], { outdir: own, rehearsal, removing });
  const texts = new Map(paths.map((path) => [path, readFileSync(join(own, path), "utf8")]));
  rmSync(own, { recursive: true });
  return texts;
}

/** Writes the stack of machines with a card into the run folder; where none is asked for, one that has none. */
export async function synthesiseGpu(session: Session): Promise<SynthesizedStack<"gpu">> {
  const { name } = session.environment.config;
  const path = join("stacks", stackName(name, "gpu"), stackFile);
  const texts = await newTexts(session, [path], name);
  return privately(session, "gpu", texts.get(path) ?? "");
}

/** Writes one stack of a session's environment into the run folder, whichever it is. */
export async function synthesiseStack(
  session: Session,
  kind: AnyStack,
): Promise<SynthesizedStack<AnyStack>> {
  return kind === "gpu" ? synthesiseGpu(session) : (await synthesiseStacks(session))[kind];
}

/** Puts a stack into the run folder, and reads what it says it needs. */
function privately<Kind extends AnyStack>(
  session: Session,
  kind: Kind,
  text: string,
): SynthesizedStack<Kind> {
  const name = stackName(session.environment.config.name, kind);
  const directory = session.run().stack(name);
  writePrivately(join(directory, stackFile), text);
  const says = needsSchema.parse(JSON.parse(text));
  return {
    ...{ name, directory, needs: needsOf(says) },
    kind,
    fingerprint: fingerprint(text, says, session.variables),
    leftOut: leftOut(JSON.parse(text)),
  };
}

/**
 * Hashes a stack with the values of its variables: a new secret changes what a stack comes to, and no letter of its
 * text. Ephemeral ones are left out, because they never reach a resource.
 */
function fingerprint(
  text: string,
  { variable }: z.output<typeof needsSchema>,
  variables: Session["variables"],
): string {
  const values = Object.entries(variable)
    .filter(([, { ephemeral }]) => ephemeral !== true)
    .map(([name]) => [name, variables[`TF_VAR_${name}`]]);
  return createHash("sha256").update(text).update(JSON.stringify(values)).digest("hex");
}
