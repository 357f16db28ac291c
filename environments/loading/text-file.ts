import { readFileSync } from "node:fs";

import type { FileFinding } from "../rules/findings.ts";

/** What git leaves in a file whose two versions it could not merge. */
const mark = /^<{7}( |$)/m;

/** What to do about each reason of the system for which a file cannot be read. */
const advices: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) =>
    `let this user read it, by sudo chmod a+r ${path}, or by a checkout of your own`,
  EISDIR: (path) => `it is a directory: mv ${path} ${path}.directory, then git checkout -- ${path}`,
};

/**
 * The text of a file; undefined when there is none. What cannot be read, is empty, or was not merged is a finding.
 *
 * @param fix how to get a correct file.
 */
export function readText(
  path: string,
  expected: string,
  fix: string,
): { readonly text: string } | { readonly findings: readonly FileFinding[] } | undefined {
  try {
    // Editors of Windows begin a file with a mark of its encoding, which is no JSON.
    const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
    const found = text.trim() === "" ? { file: path, value: "empty", fix } : unmerged(path, text);
    return found ? { findings: [{ path: "", expected, ...found }] } : { text };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    const finding = unreadable(error, path, expected, fix);
    if (!finding) throw error;
    return { findings: [finding] };
  }
}

const isAbsent = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** The finding about a file that the system does not let be read; undefined for any other error. */
export function unreadable(
  error: unknown,
  file: string,
  expected: string,
  fix = `git checkout -- ${file}`,
): FileFinding | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  const code = String(error.code);
  return {
    file,
    path: "",
    value: `not readable: ${code}`,
    expected,
    fix: advices[code]?.(file) ?? fix,
  };
}

/** A merge of git that nobody finished: each side is a whole file, and a mix of both is neither. */
function unmerged(path: string, text: string) {
  const at = mark.exec(text)?.index;
  if (at === undefined) return undefined;
  const line = text.slice(0, at).split("\n").length;
  return {
    file: `${path}:${line}:1`,
    value: "a merge of git that was not finished",
    fix: `take the newer side as a whole, by git checkout --ours -- ${path} or --theirs; or edit it, until no line begins with <<<<<<<, ======= or >>>>>>>`,
  };
}
