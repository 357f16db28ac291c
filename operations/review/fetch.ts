import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { gitHub } from "../github/gh.ts";
import { reviewArtifact, reviewOf } from "../github/reviews.ts";
import { readReviewed, reviewFiles } from "../reviewed/file.ts";

/** Options of `mam review fetch`. */
export interface FetchOptions {
  /** The commit that is deployed. */
  readonly commit: string;
  /** Directory for what was reviewed. */
  readonly to: string;
}

/**
 * Fetches what was reviewed of the pull request that a commit came from, for `mam deploy --reviewed`.
 *
 * @throws NotConfigured without gh or its credentials, or when the artifact holds something else.
 */
export async function fetchReview(
  session: Session,
  { commit, to }: FetchOptions,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const hub = gitHub(session);
  const found = await progress.step(`looking for the review of ${commit}`, () =>
    reviewOf(hub, commit),
  );
  if ("none" in found) {
    const fix = `run the deployment workflow by hand: it plans, and waits for approval`;
    const text = `Nobody reviewed this: ${found.none}.\n  fix: ${fix}\n`;
    return { ok: false, data: { environment: name, commit, reason: found.none }, text };
  }
  const { run, pullRequest } = found;
  const { reviewed: file } = reviewFiles(to, name);
  await progress.step(`fetching what run ${run} reviewed`, () =>
    hub.download(run, reviewArtifact(name), to),
  );
  const { planned } = readReviewed(file, name);
  return {
    ok: true,
    data: { environment: name, commit, pullRequest, run, planned, file },
    text: `${file}: reviewed in pull request ${pullRequest}, planned at ${planned}.\n`,
  };
}
