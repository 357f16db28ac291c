import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { CannotRehearse } from "./workspace.ts";

/**
 * A PATH on which another program is Terraform, for everything that a rehearsal starts.
 *
 * @throws CannotRehearse when there is no such file.
 */
export function pathWith(program: string): { readonly value: string; remove(): void } {
  const file = resolve(program);
  if (!existsSync(file)) throw new CannotRehearse(`There is no program ${file}.`);
  const directory = mkdtempSync(join(tmpdir(), "mam-terraform-"));
  symlinkSync(file, join(directory, "terraform"));
  return {
    value: [directory, process.env.PATH ?? ""].join(delimiter),
    remove: () => {
      rmSync(directory, { recursive: true });
    },
  };
}
