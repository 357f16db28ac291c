import { createHash, randomBytes } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { z } from "zod";

import { writePrivately } from "../context/atomic-write.ts";
import { makePrivate } from "../context/place.ts";
import { type TerraformRuntime, runTerraform } from "./process.ts";
import type { StackFolder } from "./synthesis.ts";

const stackFile = z.looseObject({ terraform: z.unknown() });
const reattached = z.record(z.string(), z.unknown());

/**
 * What `terraform init` writes besides the providers: which backend, which workspace (HCP Terraform alone; without it
 * Terraform asks for one that is called "default"), and which versions with which checksums.
 */
const small = [
  join(".terraform", "terraform.tfstate"),
  join(".terraform", "environment"),
  ".terraform.lock.hcl",
] as const;

/** Where it puts the providers, of 700 MB. */
const large = join(".terraform", "providers");

/** What was not used for this long belongs to no stack any more, in milliseconds: 30 days. */
const old = 30 * 24 * 60 * 60 * 1000;

const marker = join(".terraform", "made-ready-for");

/**
 * Makes a stack's directory ready: backend and providers. What was made for a stack that says the same is used again,
 * because it takes as long as a plan of a small stack: the providers are linked, and everything else is copied, so that
 * each process has its own.
 *
 * @throws TerraformFailed, among others when the state's place was changed: a state is only moved on purpose.
 */
export async function initialise(
  { directory }: StackFolder,
  runtime: TerraformRuntime,
): Promise<void> {
  const wanted = purpose(directory, runtime);
  if (textOf(join(directory, marker)) === wanted) return;
  rmSync(join(directory, ".terraform"), { recursive: true, force: true });
  const made = join(runtime.ready, wanted);
  if (!isWhole(made)) {
    await runTerraform(runtime, ["init", "-input=false", "-json"], { directory });
    keep(directory, made);
  }
  take(made, directory);
  writePrivately(join(directory, marker), wanted);
}

/** Keeps what `init` made, so that it appears as a whole. Another process's is kept instead where it was quicker. */
function keep(directory: string, made: string): void {
  const beside = `${made}.${randomBytes(4).toString("hex")}.new`;
  makePrivate(join(beside, ".terraform"));
  for (const file of [...small, large]) {
    if (existsSync(join(directory, file))) renameSync(join(directory, file), join(beside, file));
  }
  // One that is whole by now may be in use already.
  if (!isWhole(made)) rmSync(made, { recursive: true, force: true });
  forgetOld(dirname(made));
  try {
    renameSync(beside, made);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(made)) throw error;
  }
}

/** Removes what was not used for long: versions that were pinned once. */
function forgetOld(ready: string): void {
  for (const name of readdirSync(ready)) {
    const path = join(ready, name);
    // What another process was making has another name by now.
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - used > old) rmSync(path, { recursive: true, force: true });
  }
}

/** Whether what was made ready is there, with every provider: a mirror that they are linked from may be gone. */
function isWhole(made: string): boolean {
  if (!existsSync(made)) return false;
  // host/namespace/type/version/platform (developer.hashicorp.com/terraform/cli/config/config-file)
  let found = [join(made, large)].filter(existsSync);
  for (let level = 0; level < 5; level += 1) {
    found = found.flatMap((path) => readdirSync(path).map((name) => join(path, name)));
  }
  return found.every(existsSync);
}

/** Puts what was made ready into a directory. */
function take(made: string, directory: string): void {
  utimesSync(made, new Date(), new Date());
  mkdirSync(join(directory, ".terraform"), { recursive: true, mode: 0o700 });
  for (const file of small) {
    if (existsSync(join(made, file))) copyFileSync(join(made, file), join(directory, file));
  }
  const providers = join(made, large);
  if (existsSync(providers)) symlinkSync(providers, join(directory, large));
}

/**
 * What a directory is made ready for, as a hash: versions, backend, the providers that run elsewhere, and the program, since
 * a lock file of OpenTofu's registry is none of Terraform's.
 */
function purpose(
  directory: string,
  { program, environment }: Pick<TerraformRuntime, "program" | "environment">,
): string {
  const { terraform } = stackFile.parse(
    JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")),
  );
  const { TF_REATTACH_PROVIDERS: reattach } = environment;
  const attached =
    reattach === undefined ? [] : Object.keys(reattached.parse(JSON.parse(reattach)));
  return createHash("sha256")
    .update(JSON.stringify([terraform, attached, program]))
    .digest("hex");
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
