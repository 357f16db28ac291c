import { existsSync, readFileSync } from "node:fs";

import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import type { Variables } from "../context/variables.ts";
import { gitHub } from "../github/gh.ts";
import { putComment } from "../github/comment.ts";
import { fitting, markerOf } from "../github/marked.ts";
import { reviewFiles } from "../reviewed/file.ts";

/** Options of `mam review comment`, as typed. */
export interface CommentOptions {
  /** Number of the pull request. */
  readonly pullRequest: string;
  /** Directory of `mam plan --review`. */
  readonly from: string;
}

/**
 * Writes the plan of an environment as a comment of a pull request, and writes the same comment anew the next time. A plan
 * that could not be made is said, too: an older one must not stand there as if it were of this commit.
 *
 * @throws NotConfigured for what is no number, and without gh or its credentials.
 */
export async function commentReview(
  session: Session,
  { pullRequest, from }: CommentOptions,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const number = Number(pullRequest);
  if (!Number.isInteger(number) || number < 1) {
    throw new NotConfigured(`--pull-request ${pullRequest}: expected the number of a pull request`);
  }
  const { markdown } = reviewFiles(from, name);
  const whole = runOf(session.variables);
  const text = existsSync(markdown) ? readFileSync(markdown, "utf8") : unplanned(name, whole);
  const marker = markerOf("plan", name);
  const body = fitting(session.redactor.redact(text), marker, whole);
  const action = await progress.step(`writing the comment of pull request ${number}`, () =>
    putComment(gitHub(session), number, { body, marker }),
  );
  return {
    ok: true,
    data: { environment: name, pullRequest: number, action, planned: existsSync(markdown) },
    text: `The plan of ${name} is a comment of pull request ${number}: ${action}.\n`,
  };
}

function unplanned(environment: string, run: string): string {
  return `## ${environment} could not be planned\n\nThe log says why: ${run}\n`;
}

/** Where the whole of it is: the job in GitHub Actions, and the command elsewhere. */
export function runOf({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: run,
}: Variables): string {
  return run === undefined
    ? "`mam plan` prints it"
    : `${server ?? ""}/${repository ?? ""}/actions/runs/${run}`;
}
