import { askGit } from "../context/git.ts";
import type { Session } from "../context/session.ts";
import type { LedgerEntry } from "../ledger/entry.ts";

/** Where settings come from: everything but the JSON files, which have their own ways back. */
const everything = [
  "environments",
  "monitoring",
  "constructs",
  "stacks",
  ":(exclude)environments/*.json",
];

/** What makes stacks of settings, and is in no hash of them. */
const besidesSettings = ["environments/platform", "monitoring", "constructs", "stacks"];

/** The revision of a release, without the sign that files were changed since it. */
export function revisionOf(commit: string): string {
  return commit.replace("+", "");
}

/**
 * Files of the checkout that stacks are made from, and that differ from the revision of a release.
 *
 * @param sameSettings whether the settings are known to be the release's: what the files say is then the same, however
 * they say it.
 * @returns undefined when it cannot be said: the release knows no revision, or this checkout does not have it.
 */
export async function differingFiles(
  { project, interruption }: Pick<Session, "project" | "interruption">,
  { commit }: Pick<LedgerEntry, "commit">,
  sameSettings: boolean | undefined,
): Promise<readonly string[] | undefined> {
  if (commit === undefined) return undefined;
  const sources = sameSettings === true ? besidesSettings : everything;
  const args = ["diff", "--name-only", revisionOf(commit), "--", ...sources];
  const { exitCode, stdout } = await askGit(project, args, interruption);
  return exitCode === 0 ? stdout.split("\n").filter(Boolean) : undefined;
}
