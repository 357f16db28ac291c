import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { execa } from "execa";
import satisfies from "semver/functions/satisfies.js";

import { wantedTerraform } from "../../stacks/versions.ts";
import { CannotRehearse } from "../harness/workspace.ts";
import type { Pins } from "./pins.ts";

/** One side of an upgrade: the program and the bindings that it is played with. */
export interface Side {
  /** `Terraform 1.11.4`, with the bindings where they are pinned. */
  readonly what: string;
  /** File of the program, or its name on PATH. */
  readonly program: string;
  /** Version of the bindings; undefined for those of this checkout. */
  readonly bindings: string | undefined;
}

const version = /^(Terraform|OpenTofu) v(\S+)/;

/**
 * Finds the program of pins, and which it is.
 *
 * @param named version of the bindings that is named where none is pinned; none is without it.
 * @throws CannotRehearse when it is not there, is no Terraform, is not the version that was pinned, or is one that the stacks
 * refuse.
 */
export async function sideOf({ terraform, bindings }: Pins, named?: string): Promise<Side> {
  const program = programOf(terraform);
  const { name, found } = await versionOf(program);
  if (isVersion(terraform) && terraform !== found) {
    throw new CannotRehearse(
      `The Terraform of PATH is ${found}, expected ${terraform}.\n  fix: name the file of that version, as in terraform=/opt/terraform-${terraform}/terraform`,
    );
  }
  if (!satisfies(found, wantedTerraform)) {
    throw new CannotRehearse(
      `${name} ${found} does not deploy, expected ${wantedTerraform} (stacks/versions.ts).`,
    );
  }
  const spoken = bindings ?? named;
  const bound = spoken === undefined ? "" : `, bindings ${spoken}`;
  return { what: `${name} ${found}${bound}`, program, bindings };
}

/** What a program says that it is. @throws CannotRehearse when it is no Terraform, or does not run. */
async function versionOf(program: string) {
  const { stdout } = await execa(program, ["version"], {
    reject: false,
    env: { CHECKPOINT_DISABLE: "1" },
  });
  const [, name, found] = version.exec(stdout) ?? [];
  if (name === undefined || found === undefined)
    throw new CannotRehearse(`${program} is no Terraform that runs here.`);
  return { name, found };
}

/** A version has no folder in it, and a file is named with one. */
const isVersion = (pinned: string | undefined): pinned is string =>
  pinned !== undefined && !pinned.includes("/");

function programOf(pinned: string | undefined): string {
  if (pinned === undefined || isVersion(pinned)) return "terraform";
  const file = resolve(pinned);
  if (!existsSync(file)) throw new CannotRehearse(`There is no program ${file}.`);
  return file;
}
