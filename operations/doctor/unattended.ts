import { readFileSync } from "node:fs";
import { join } from "node:path";

import { namesIn } from "../context/names-in.ts";

/** A command of a workflow that would ask a question where nobody can answer. */
export interface UnansweredCommand {
  /** Relative to the project. */
  readonly file: string;
  /** Counted from one. */
  readonly line: number;
  readonly command: string;
}

/** Where the workflows of a project are: GitHub's, Forgejo's and Gitea's, and GitLab's. */
const places = [".github/workflows", ".forgejo/workflows", ".gitea/workflows", "."];
const isWorkflow = (place: string, name: string) =>
  place === "." ? name === ".gitlab-ci.yml" : /\.ya?ml$/.test(name);

/**
 * The `cdktf deploy` and `cdktf destroy` of a project's workflows that are not given `--auto-approve`: without a terminal
 * they end with "Raw mode is not supported" and leave the lock of the state (cdktf-cli 0.21.0).
 */
export function unansweredCommands(project: string): UnansweredCommand[] {
  return places.flatMap((place) =>
    namesIn(join(project, place))
      .filter((name) => isWorkflow(place, name))
      .flatMap((name) => unansweredIn(join(place, name), readFileSync(join(project, place, name)))),
  );
}

/** A command goes on in the next line after a backslash; what follows a `#` is a comment. */
function unansweredIn(file: string, content: Buffer): UnansweredCommand[] {
  const lines = content.toString().split("\n");
  return lines.flatMap((text, index) => {
    const [command] = /\bcdktf (deploy|destroy)\b.*/.exec(withoutComment(text)) ?? [];
    if (command === undefined) return [];
    const whole = lines.slice(index, endOf(lines, index) + 1).map(withoutComment);
    if (/--auto-approve\b/.test(whole.join(" "))) return [];
    return [{ file, line: index + 1, command: command.replace(/\s*\\?\s*$/, "") }];
  });
}

const withoutComment = (line: string) => line.replace(/(^|\s)#.*/, "");

function endOf(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index >= from && !/\\\s*$/.test(line));
  return end < 0 ? lines.length : end;
}
