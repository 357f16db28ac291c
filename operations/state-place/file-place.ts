import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { writeAtomically } from "../context/atomic-write.ts";
import { NotConfigured } from "../context/credentials.ts";
import { heldLock } from "./lock-info.ts";
import type { StatePlace } from "./place.ts";

/**
 * States that are files of this machine, for experiments.
 *
 * @param project directory that they lie in.
 */
export function filePlace(project: string): StatePlace {
  const fileOf = (stack: string) => join(project, `terraform.${stack}.tfstate`);
  /** Where Terraform locks a state that is a file (1.11.4, internal/states/statemgr/filesystem.go). */
  const lockOf = (stack: string) => join(project, `.terraform.${stack}.tfstate.lock.info`);
  const noVersions = () => Promise.reject(new NotConfigured(keepsNone));
  return {
    called: "this directory",
    wayBack: (stack) => {
      const file = `terraform.${stack}.tfstate`;
      return `cp ${file}.backup ${file}, which is what Terraform kept of the write before`;
    },
    read: (stack) => Promise.resolve(readFile(fileOf(stack))),
    has: (stack) => Promise.resolve(existsSync(fileOf(stack))),
    create: (stack, text) => {
      writeAtomically(fileOf(stack), text, 0o600);
      return Promise.resolve();
    },
    overwrite: noVersions,
    versions: noVersions,
    version: noVersions,
    lockOf: (stack) => {
      const lock = readFile(lockOf(stack));
      return Promise.resolve(lock && heldLock(stack, lock.text));
    },
    dropLock: (stack) => {
      rmSync(lockOf(stack));
      return Promise.resolve();
    },
  };
}

function readFile(file: string) {
  return existsSync(file) ? { text: readFileSync(file, "utf8") } : undefined;
}

const keepsNone = [
  "The states are files of this machine, of which no versions are kept.",
  '  fix: set state.backend.kind: "spaces" (docs/state.md)',
].join("\n");
