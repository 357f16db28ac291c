import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import type { TestPlatform } from "./platform.ts";

const root = join(import.meta.dirname, "../..");
const tools = join(import.meta.dirname, "tools");

/** Commands of `mam` that ask whether to go on; nobody can be asked here, so the answer is given with the line. */
const asking = ["deploy", "rollback", "rotate"];

/** A shell in which a person types what `mam` printed. */
export interface Shell {
  /** Types a line. @throws with everything that it printed, when it does not end well. */
  type(line: string): Promise<string>;
  /** Types a line that exports a variable, and returns its value. */
  exported(line: string): Promise<readonly [name: string, value: string]>;
  end(): void;
}

/** Opens a shell on a platform, with `mam`, `doctl` and `aws` on its path. */
export function openShell(platform: TestPlatform): Shell {
  const { variables } = platform;
  const bin = mkdtempSync(join(tmpdir(), "mam-bin-"));
  const script = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const mam = `exec node "${join(root, "operations/mam.mjs")}" "$@"`;
  script(
    "mam",
    `case " $* " in ${asking.map((word) => `*" ${word} "*`).join("|")}) ${mam} --yes;; *) ${mam};; esac`,
  );
  for (const tool of ["doctl", "aws"]) {
    script(tool, `exec node --import "${tsx}" "${join(tools, `${tool}.ts`)}" "$@"`);
  }
  const { project } = platform.session();
  const type = async (line: string) => {
    const { exitCode, all } = await execa("/bin/sh", ["-c", line], {
      cwd: project,
      env: { ...defined(variables), PATH: `${bin}:${variables.PATH ?? ""}` },
      extendEnv: false,
      all: true,
      reject: false,
      stdin: "ignore",
    });
    if (exitCode === 0) return all;
    throw new Error(`$ ${line}\n${all}\nexit code ${exitCode ?? "none"}`);
  };
  return {
    type,
    exported: async (line) => {
      const [, name = ""] = /^export (\w+)=/.exec(line) ?? [];
      return [name, await type(`${line}; printf %s "$${name}"`)];
    },
    end: () => {
      rmSync(bin, { recursive: true, force: true });
    },
  };
}

/** Where a process that is not in the project finds the loader. */
const tsx = import.meta.resolve("tsx");

function defined(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
