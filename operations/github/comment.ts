import { z } from "zod";

import type { GitHub } from "./gh.ts";

const commentsSchema = z.object({
  data: z.object({
    repository: z.object({
      pullRequest: z.object({
        comments: z.object({
          nodes: z.array(
            z.object({ databaseId: z.int(), body: z.string(), viewerDidAuthor: z.boolean() }),
          ),
        }),
      }),
    }),
  }),
});

const commentsQuery = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(last: 100) { nodes { databaseId body viewerDidAuthor } }
    }
  }
}`;

/** What became of a comment. */
export type Written = "written" | "updated" | "as before";

/** Writes a comment of a pull request, or writes it anew where mam's own is there already. */
export async function putComment(
  gitHub: GitHub,
  pullRequest: number,
  { body, marker }: { readonly body: string; readonly marker: string },
): Promise<Written> {
  const answer = commentsSchema.parse(await gitHub.query(commentsQuery, { number: pullRequest }));
  const { nodes } = answer.data.repository.pullRequest.comments;
  // Anybody can write the marker: only what was written with these credentials is mam's.
  const own = nodes.find((one) => one.viewerDidAuthor && one.body.includes(marker));
  if (own?.body === body.trimEnd() || own?.body === body) return "as before";
  if (own) {
    const path = `repos/{owner}/{repo}/issues/comments/${own.databaseId}`;
    await gitHub.rest("PATCH", path, { body });
    return "updated";
  }
  await gitHub.rest("POST", `repos/{owner}/{repo}/issues/${pullRequest}/comments`, { body });
  return "written";
}
