import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environmentNamed } from "../../rehearsal/command/entry.ts";
import { childEnvironment } from "../../rehearsal/harness/child-environment.ts";
import { type Harness, openHarness } from "../../rehearsal/harness/rehearsal.ts";
import { stackKinds, stackName } from "../../operations/terraform/stack-kinds.ts";
import { type Variables, run } from "./program.ts";

/** The environment that is measured. */
const name = "staging";

/** Platforms of their own, and what is typed at them. */
export interface Rehearsed {
  readonly harness: Harness;
  /** Runs `mam <words> staging <rest>` of a checkout; secrets are supplied until the first deployment. */
  readonly mam: (words: readonly string[], rest?: readonly string[]) => Promise<void>;
  /** Plans with Terraform alone, applies the saved plans, and plans once more: what `mam deploy` does, too. */
  readonly terraform: (command: "apply" | "plan, apply, plan") => Promise<void>;
  /** Writes new images into the release file. */
  readonly release: () => void;
  /** What was asked of DigitalOcean so far. */
  readonly requests: () => number;
}

/**
 * Plays something on empty platforms of its own.
 *
 * @param checkout whose `mam` and synthesis are run.
 */
export async function onPlatforms<T>(
  checkout: string,
  interruption: AbortSignal,
  play: (rehearsed: Rehearsed) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "mam-infra-bench-"));
  const release = join("environments", `${name}.release.json`);
  mkdirSync(join(directory, "environments"));
  cpSync(release, join(directory, release));
  const options = { providers: "embedded", faults: [], interruption } as const;
  const environment = environmentNamed(name);
  const harness = await openHarness({ project: directory, environment, ...options });
  try {
    return await play(rehearsedOn(harness, checkout, directory));
  } finally {
    await harness.close(false);
    rmSync(directory, { recursive: true });
  }
}

function rehearsedOn(harness: Harness, checkout: string, cwd: string): Rehearsed {
  const { cloud, workspace, providers, context } = harness;
  let secrets: "supplied" | "sealed" = "supplied";
  const env = () => childEnvironment(cloud, workspace, providers.source, secrets);
  return {
    harness,
    mam: async (words, rest = []) => {
      const program = join(checkout, "operations/mam.mjs");
      await run("node", [program, ...words, name, ...rest], { cwd, env: env() });
      secrets = "sealed";
    },
    terraform: async (command) => {
      secrets = "supplied";
      await run("node", [join(checkout, "operations/synth.mjs")], { cwd, env: env() });
      for (const line of linesOf(command)) await onEveryStack(line, harness, env());
    },
    release: () => {
      context.releases.write(context.releases.push());
    },
    requests: () =>
      cloud.requestLog.entries().filter(({ platform }) => platform === "digitalocean").length,
  };
}

function linesOf(command: "apply" | "plan, apply, plan"): readonly (readonly string[])[] {
  const init = ["init", "-input=false"];
  if (command === "apply") return [init, ["apply", "-auto-approve", "-input=false"]];
  const plan = ["plan", "-input=false", "-out=plan"];
  return [init, plan, ["apply", "-input=false", "plan"], plan];
}

async function onEveryStack(
  line: readonly string[],
  { workspace }: Harness,
  env: Variables,
): Promise<void> {
  for (const kind of stackKinds) {
    const cwd = join(workspace.outdir, "stacks", stackName(name, kind));
    await run("terraform", line, { cwd, env });
  }
}
