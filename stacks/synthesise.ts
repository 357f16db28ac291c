import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { App, TerraformStack } from "cdktf";

import type { Environment } from "../environments/loading/load.ts";
import { AppStack } from "./app-stack.ts";
import { DataStack } from "./data-stack.ts";
import { endpointsOf } from "./endpoints.ts";
import { GpuStack } from "./gpu-stack.ts";
import { resolvingTokensOnly } from "./plain-data.ts";
import { StorageStack } from "./storage-stack.ts";

/** Where to write, and what to point at. */
export interface SynthesisOptions {
  /** Output directory; CDKTF's own default without it. */
  readonly outdir?: string;
  /** Endpoints of a rehearsal, as JSON. */
  readonly rehearsal?: string | undefined;
  /** Environment whose GPU stack is written although none is asked for: empty, so that what stood of it goes. */
  readonly removing?: string | undefined;
}

/** By which Terraform knows what of a directory it sends to HCP Terraform, where that executes; `.gitignore` it does not read. */
const ignoreFile = ".terraformignore";

/** Everything is left out, such as plans, values and states that somebody keeps there, but what a run needs. */
const ignored = ["*", "!cdk.tf.json", "!.terraform.lock.hcl", ""].join("\n");

/** Writes the Terraform JSON of environments, three stacks each, and a fourth where machines with a card are asked for. Returns the files, in the order of deployment. */
export function synthesise(
  environments: readonly Environment[],
  { outdir, rehearsal, removing }: SynthesisOptions = {},
): string[] {
  return withoutTraces(() => {
    // Stack traces would put this machine's paths into the output.
    const app = new App({ stackTraces: false, ...(outdir === undefined ? {} : { outdir }) });
    for (const environment of environments) {
      const props = { environment, endpoints: endpointsOf(environment.config, rehearsal) };
      const storage = new StorageStack(app, props);
      const data = new DataStack(app, props);
      new AppStack(app, { ...props, data, storage });
      const isAsked = environment.config.services.worker.gpu !== undefined;
      if (isAsked || removing === environment.config.name) {
        new GpuStack(app, { ...props, data, storage });
      }
    }
    resolvingTokensOnly(() => {
      app.synth();
    });
    // Tools that plan in there leave files with secrets that everybody may read.
    chmodSync(app.outdir, 0o700);
    const directories = app.node.children
      .filter((child) => TerraformStack.isStack(child))
      .map(({ node }) => `${app.outdir}/stacks/${node.id}`);
    for (const directory of directories) writeFileSync(join(directory, ignoreFile), ignored);
    return directories.map((directory) => `${directory}/cdk.tf.json`);
  });
}

/**
 * CDKTF records a stack trace for every token, which nobody reads: it is told to leave them out of what it writes. They would be a
 * fifth of the synthesis, and half of it where each is mapped back to TypeScript (0.21.0, tokens/private/stack-trace.js).
 */
function withoutTraces<T>(action: () => T): T {
  const own = Object.getOwnPropertyDescriptor(Error, "captureStackTrace") ?? {};
  Object.defineProperty(Error, "captureStackTrace", { ...own, value: () => undefined });
  try {
    return action();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", own);
  }
}
