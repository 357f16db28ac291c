import type { Command } from "commander";

import { type CommentOptions, commentReview } from "../review/comment.ts";
import { type FetchOptions, fetchReview } from "../review/fetch.ts";
import { environmentCommand } from "./action.ts";

/** `mam review`: what goes into a pull request, and comes out of it. */
export function declareReview(program: Command): void {
  const review = program
    .command("review")
    .description("puts a plan into a pull request, and fetches what was reviewed for a deployment");
  environmentCommand<CommentOptions>(
    review,
    "comment",
    "writes the plan of mam plan --review as one comment of a pull request, and updates it",
    ["mam review comment production --pull-request 12 --from review"],
    commentReview,
  )
    .requiredOption("--pull-request <number>", "the pull request")
    .option("--from <directory>", "directory of mam plan --review", "review");
  environmentCommand<FetchOptions>(
    review,
    "fetch",
    "fetches what was reviewed in the pull request of a commit, for mam deploy --reviewed",
    ['mam review fetch production --commit "$(git rev-parse HEAD)" --to review'],
    fetchReview,
  )
    .requiredOption("--commit <sha>", "the commit that is deployed, whole")
    .option("--to <directory>", "directory for it", "review");
}
