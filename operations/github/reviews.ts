import { z } from "zod";

import type { GitHub } from "./gh.ts";

/** The workflow that reviews, and what it leaves behind for an environment. */
const reviewWorkflow = "review.yml";

/** Name of the artifact with what was reviewed of an environment. */
export const reviewArtifact = (environment: string) => `review-${environment}`;

const pullsSchema = z.array(
  z.object({
    number: z.int(),
    merged_at: z.string().nullable(),
    merge_commit_sha: z.string().nullable(),
    head: z.object({ sha: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
    base: z.object({ repo: z.object({ full_name: z.string() }) }),
  }),
);

const runsSchema = z.object({
  workflow_runs: z.array(
    z.object({
      id: z.int(),
      head_repository: z.object({ full_name: z.string() }).nullable(),
      run_started_at: z.iso.datetime(),
    }),
  ),
});

/** The run that reviewed what became a commit, and its pull request. */
export interface ReviewRun {
  readonly run: number;
  readonly pullRequest: number;
}

/**
 * Finds the run that reviewed the pull request which a commit came from: the last one of its head.
 *
 * Runs of a fork are left out. A pull request brings its own workflow files, so one from a fork could leave behind what
 * it likes under the same name.
 *
 * @returns the run, or why there is none.
 */
export async function reviewOf(
  gitHub: GitHub,
  commit: string,
): Promise<ReviewRun | { readonly none: string }> {
  const pulls = pullsSchema.parse(
    (await gitHub.rest("GET", `repos/{owner}/{repo}/commits/${commit}/pulls`)) ?? [],
  );
  const pull =
    pulls.find((one) => one.merged_at !== null && one.merge_commit_sha === commit) ??
    pulls.find((one) => one.merged_at !== null);
  if (!pull) return { none: `no merged pull request has the commit ${commit}` };
  const own = pull.base.repo.full_name;
  if (pull.head.repo?.full_name !== own) {
    return { none: `pull request ${pull.number} is from a fork: no plan was made of it` };
  }
  const query = new URLSearchParams({ head_sha: pull.head.sha, event: "pull_request" });
  const path = `repos/{owner}/{repo}/actions/workflows/${reviewWorkflow}/runs?${query.toString()}`;
  const { workflow_runs: runs } = runsSchema.parse(await gitHub.rest("GET", path));
  const [last] = runs
    .filter(({ head_repository: head }) => head?.full_name === own)
    .toSorted((one, other) => other.run_started_at.localeCompare(one.run_started_at));
  if (last) return { run: last.id, pullRequest: pull.number };
  return {
    none: `${reviewWorkflow} never ran for ${pull.head.sha}, of pull request ${pull.number}`,
  };
}
