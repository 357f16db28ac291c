import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { buildSync } from "esbuild";

/** A directory in which only a `gh` is. */
export interface Program {
  readonly directory: string;
  remove(): void;
}

const tool = join(import.meta.dirname, "../tools/gh.ts");

/** The gh of the tests, which takes what the real one takes. */
export function standInGh(): Program {
  return programOf((path) => {
    // As one file: it is started hundreds of times, and a loader takes a second.
    buildSync({
      ...{ entryPoints: [tool], outfile: `${path}.mjs`, bundle: true },
      ...({ platform: "node", format: "esm", target: "node20" } as const),
    });
    writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${path}.mjs" "$@"\n`);
    chmodSync(path, 0o755);
  });
}

/** The real gh, where it is on the path. */
export function realGh(): Program | undefined {
  const found = findGh();
  return found === undefined
    ? undefined
    : programOf((path) => {
        symlinkSync(found, path);
      });
}

/** Where the real gh is, if anywhere. */
export function findGh(): string | undefined {
  try {
    return execFileSync("sh", ["-c", "command -v gh"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

function programOf(put: (path: string) => void): Program {
  const directory = mkdtempSync(join(tmpdir(), "mam-gh-"));
  put(join(directory, "gh"));
  return {
    directory,
    remove: () => {
      rmSync(directory, { recursive: true });
    },
  };
}

/** A path on which a program comes first. */
export function pathWith({ directory }: Program): string {
  return [directory, process.env.PATH ?? ""].join(delimiter);
}
