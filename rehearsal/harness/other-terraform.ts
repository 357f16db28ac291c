import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { CannotRehearse } from "./workspace.ts";

/**
 * Makes another program Terraform, for everything that a rehearsal starts: by a directory at the begin of PATH.
 *
 * @param program its file; undefined for the one of PATH.
 * @returns what removes the directory.
 * @throws CannotRehearse when there is no such file.
 */
export function useTerraform(program: string | undefined): () => void {
  if (program === undefined) return () => undefined;
  const file = resolve(program);
  if (!existsSync(file)) throw new CannotRehearse(`There is no program ${file}.`);
  const directory = mkdtempSync(join(tmpdir(), "mam-terraform-"));
  symlinkSync(file, join(directory, "terraform"));
  process.env.PATH = [directory, process.env.PATH ?? ""].join(delimiter);
  return () => {
    rmSync(directory, { recursive: true });
  };
}
