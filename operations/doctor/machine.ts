import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import type { Session } from "../context/session.ts";
import { runTerraform } from "../terraform/process.ts";
import { terraformRuntime } from "../terraform/runtime.ts";
import type { NamedPackage } from "./pinned-package.ts";

const packageFile = z.looseObject({
  engines: z.looseObject({ node: z.string() }),
  dependencies: z.record(z.string(), z.string()),
});

const installedFile = z.looseObject({ name: z.string(), version: z.string() });

const terraformVersion = z.looseObject({
  terraform_version: z.string(),
  /** Versions by address of the provider, as the lock file of the directory has them. */
  provider_selections: z.record(z.string(), z.string()).default({}),
});

/** The machine that a command runs on, as far as versions go. */
export interface Machine {
  /** Version of Node.js, without the `v`. */
  readonly node: string;
  /** What package.json asks for. */
  readonly wanted: () => z.output<typeof packageFile>;
  /** The package that is installed under a name; undefined when there is none. */
  readonly installed: (as: string) => NamedPackage | undefined;
  /**
   * What Terraform says about itself in a directory.
   *
   * @throws TerraformFailed when there is none.
   */
  readonly terraform: (directory: string) => Promise<z.output<typeof terraformVersion>>;
}

/** Directory of the code that runs, which is not always that of the session's files. */
const code = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The machine that this process runs on.
 *
 * @param root directory of package.json and node_modules.
 */
export function thisMachine(session: Session, root: string = code): Machine {
  return {
    node: process.versions.node,
    wanted: () => packageFile.parse(readJson(join(root, "package.json"))),
    installed: (as) => {
      const file = join(root, "node_modules", as, "package.json");
      if (!existsSync(file)) return undefined;
      const { name, version } = installedFile.parse(readJson(file));
      return { as, name, version };
    },
    terraform: async (directory) => {
      const { stdout } = await runTerraform(terraformRuntime(session), ["version", "-json"], {
        directory,
        foreign: true,
      });
      return terraformVersion.parse(JSON.parse(stdout));
    },
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
