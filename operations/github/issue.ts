import { z } from "zod";

import type { GitHub } from "./gh.ts";

const issuesSchema = z.object({
  data: z.object({
    repository: z.object({
      issues: z.object({
        nodes: z.array(
          z.object({
            number: z.int(),
            title: z.string(),
            body: z.string(),
            viewerDidAuthor: z.boolean(),
          }),
        ),
      }),
    }),
  }),
});

const issuesQuery = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    issues(first: 100, states: OPEN, orderBy: {field: UPDATED_AT, direction: DESC}) {
      nodes { number title body viewerDidAuthor }
    }
  }
}`;

/** What became of an issue. */
export interface IssueOutcome {
  readonly action: "opened" | "updated" | "as before" | "closed" | "none";
  readonly number?: number;
}

/**
 * Keeps one issue about something: opens it, writes it anew, or closes it.
 *
 * @param wanted what it has to say; undefined when there is nothing to say any more.
 * @param over what is said when it is closed.
 */
export async function keepIssue(
  gitHub: GitHub,
  marker: string,
  wanted: { readonly title: string; readonly body: string } | undefined,
  over: string,
): Promise<IssueOutcome> {
  const { nodes } = issuesSchema.parse(await gitHub.query(issuesQuery)).data.repository.issues;
  const own = nodes.find((one) => one.viewerDidAuthor && one.body.includes(marker));
  const issues = "repos/{owner}/{repo}/issues";
  if (!wanted && !own) return { action: "none" };
  if (!own) {
    const made = await gitHub.rest("POST", issues, wanted);
    return { action: "opened", number: z.object({ number: z.int() }).parse(made).number };
  }
  const { number } = own;
  if (!wanted) {
    await gitHub.rest("POST", `${issues}/${number}/comments`, { body: over });
    await gitHub.rest("PATCH", `${issues}/${number}`, {
      state: "closed",
      state_reason: "completed",
    });
    return { action: "closed", number };
  }
  if (own.title === wanted.title && own.body.trimEnd() === wanted.body.trimEnd())
    return { action: "as before", number };
  await gitHub.rest("PATCH", `${issues}/${number}`, wanted);
  return { action: "updated", number };
}
