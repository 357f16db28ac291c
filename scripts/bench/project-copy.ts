import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** What `mam` and the synthesis are built from, and what they read. */
const parts = [
  ...["main.ts", "package.json", "package-lock.json", "cdktf.json", "constructs", "environments"],
  ...["monitoring", "operations", "packages/clients", "stacks"],
];

/**
 * Copies a project, so that something can be written into it; its packages stay where they are.
 *
 * @param target directory that is made.
 */
export function copyProject(target: string, root = process.cwd()): void {
  mkdirSync(target, { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(target, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(target, "node_modules"));
}
