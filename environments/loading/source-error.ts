import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import type { FileFinding } from "../rules/findings.ts";
import { unreadable } from "./text-file.ts";

/** How esbuild, which reads every TypeScript file here, says where a file is wrong; its columns begin at 0. */
const syntaxError = /^(.+):(\d+):(\d+): ERROR: (.*)$/gm;

/** What it says of an import that a file does not have. */
const missingExport = /^No matching export in "(.+)" for import "(\w+)"$/;

/** Where a file of the environments was, in the stack of what it threw. */
const thrownAt = /(?:file:\/\/)?(\/\S*\/environments\/[\w.-]+\.ts):(\d+):(\d+)/;

/**
 * Findings about source files that cannot be read: the file, the line and the column of each mistake. None for an error
 * that is no mistake in a file.
 *
 * @param error what an `import` or a compilation threw.
 * @param project directory that paths are relative to.
 */
export function sourceFindings(error: unknown, project: string): FileFinding[] {
  if (!(error instanceof Error)) return [];
  if ("path" in error && typeof error.path === "string" && error.path.endsWith(".ts")) {
    const file = relative(project, error.path);
    return [unreadable(error, file, "a file that this user can read") ?? []].flat();
  }
  const wrong = [...error.message.matchAll(syntaxError)].map(
    ([, file = "", line, column, what = ""]) =>
      findingAt({ file, line: Number(line), column: Number(column) + 1, what }, project),
  );
  return wrong.length > 0 ? wrong : thrown(error, project);
}

/** What a file threw when it was run, such as a name that it does not know. */
function thrown({ name, message, stack = "" }: Error, project: string): FileFinding[] {
  const [, file, line, column] = thrownAt.exec(stack) ?? [];
  if (file === undefined) return [];
  const at = { file, line: Number(line), column: Number(column), what: `${name}: ${message}` };
  return [findingAt(at, project)];
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;
}

function findingAt({ file, line, column, what }: Place, project: string): FileFinding {
  const [, from, name] = missingExport.exec(what) ?? [];
  if (from !== undefined && name !== undefined) {
    const declared = `export const ${name}: EnvironmentInput = { … }`;
    const fix = `write it, or restore the file: git checkout -- ${from}; or take the import out of ${file}:${line}`;
    return { file: from, path: "", value: `without ${name}`, expected: declared, fix };
  }
  const path = resolve(project, file.startsWith("file:") ? fileURLToPath(file) : file);
  const text = existsSync(path) ? readFileSync(path, "utf8").split("\n")[line - 1] : undefined;
  return {
    file: `${relative(project, path)}:${line}:${column}`,
    path: "",
    value: `not readable: ${what}`,
    expected: "TypeScript, with a comma after every field",
    fix: `correct line ${line}, or the one before it${text === undefined ? "" : `: ${text.trim()}`}`,
  };
}
