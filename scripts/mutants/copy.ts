import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { execa } from "execa";

import { namesIn } from "../../operations/context/names-in.ts";

/** A copy of the project in which a defect hurts nobody. */
export interface ProjectCopy {
  readonly directory: string;
  remove(): void;
}

/**
 * Copies what git has, and what is new and not ignored. Installed packages are links, but for the project's own, which have to
 * be the copies.
 */
export async function copyProject(root: string): Promise<ProjectCopy> {
  const directory = mkdtempSync(join(tmpdir(), "mam-mutants-"));
  const { stdout } = await execa("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
  });
  for (const path of stdout.split("\0").filter((one) => one !== "")) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    cpSync(join(root, path), join(directory, path));
  }
  linkPackages(root, directory);
  linkPackages(join(root, "services"), join(directory, "services"));
  for (const name of readdirSync(join(root, "packages"))) {
    linkPackages(join(root, "packages", name), join(directory, "packages", name));
  }
  return {
    directory,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Packages of the project itself, which npm links to their folders. */
const own = ["@mam-infra", "@mam-services"];

function linkPackages(from: string, to: string): void {
  const source = join(from, "node_modules");
  for (const name of namesIn(source)) {
    const target = join(to, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    // A relative link leads to the copy from the copy, and to the original from the original.
    if (own.includes(name)) cpSync(join(source, name), target, asLinks);
    else symlinkSync(join(source, name), target);
  }
}

const asLinks = { recursive: true, verbatimSymlinks: true };
