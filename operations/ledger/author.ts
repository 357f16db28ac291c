import { hostname } from "node:os";

import { askGit } from "../context/git.ts";
import type { Session } from "../context/session.ts";

/** Who runs a job, by what each CI service says of it. */
const ciVariables = [
  "GITHUB_ACTOR",
  "GITLAB_USER_LOGIN",
  "BUILDKITE_BUILD_AUTHOR",
  "BITBUCKET_STEP_TRIGGERER_UUID",
];

/** Who makes a release: the person behind the CI job, or who typed the command. */
export function whoOf({ variables }: Session): string {
  const actor = ciVariables.map((name) => variables[name]).find(Boolean);
  if (actor !== undefined) return `${actor} by CI`;
  return `${variables.USER ?? variables.LOGNAME ?? "somebody"}@${hostname()}`;
}

/** The commit of the project, with `+` behind it when files were changed since; undefined outside of git. */
export async function commitOf({ project, interruption }: Session): Promise<string | undefined> {
  const git = async (...args: string[]) => askGit(project, args, interruption);
  const [head, status] = await Promise.all([
    git("rev-parse", "HEAD"),
    git("status", "--porcelain", "--untracked-files=no"),
  ]);
  if (head.exitCode !== 0) return undefined;
  return `${head.stdout}${status.stdout === "" ? "" : "+"}`;
}

/** An id for a release that begins now: sorts by time, and short enough to be typed. */
export function entryId(begun: Date, random: number = Math.random()): string {
  const [day = "", time = ""] = begun.toISOString().replaceAll(/[-:]/g, "").split("T");
  const suffix = Math.floor(random * 0x10000)
    .toString(16)
    .padStart(4, "0");
  return `${day}-${time.slice(0, 6)}-${suffix}`;
}
