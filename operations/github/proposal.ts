import { z } from "zod";

import type { GitHub } from "./gh.ts";

/** A change of one file, for a pull request. */
export interface Proposal {
  /** The branch that holds it; what was there before is replaced. */
  readonly branch: string;
  /** The file, from the root of the repository. */
  readonly path: string;
  readonly content: string;
  /** Of the commit, and of the pull request. */
  readonly title: string;
  readonly body: string;
}

const repository = z.object({ default_branch: z.string() });
const reference = z.object({ object: z.object({ sha: z.string() }) });
const file = z.object({ sha: z.string(), content: z.string() });
const pull = z.object({ number: z.int(), html_url: z.string() });

/** What became of a proposal; undefined where the default branch says it already. */
export interface Proposed {
  readonly action: "opened" | "updated";
  readonly number: number;
  readonly url: string;
}

const root = "repos/{owner}/{repo}";

/**
 * Opens a pull request with a change of one file, or brings the one that is open up to date. The commit is made by the
 * API: the checkout stays as it is, and needs no right to push.
 */
export async function propose(gitHub: GitHub, proposal: Proposal): Promise<Proposed | undefined> {
  const { branch, path, content, title, body } = proposal;
  const { default_branch: base } = repository.parse(await gitHub.rest("GET", root));
  const head = reference.parse(await gitHub.rest("GET", `${root}/git/ref/heads/${base}`));
  const before = await gitHub.rest("GET", `${root}/contents/${path}?ref=${base}`);
  const known = before === undefined ? undefined : file.parse(before);
  if (known && Buffer.from(known.content, "base64").toString() === content) return undefined;
  await putBranch(gitHub, branch, head.object.sha);
  await gitHub.rest("PUT", `${root}/contents/${path}`, {
    ...{ message: title, content: Buffer.from(content).toString("base64"), branch },
    ...(known ? { sha: known.sha } : {}),
  });
  const open = z
    .array(pull)
    .parse(
      await gitHub.rest("GET", `${root}/pulls?state=open&base=${base}&head={owner}:${branch}`),
    );
  const [own] = open;
  const made = pull.parse(
    own
      ? await gitHub.rest("PATCH", `${root}/pulls/${own.number}`, { title, body })
      : await gitHub.rest("POST", `${root}/pulls`, { title, body, head: branch, base }),
  );
  return { action: own ? "updated" : "opened", number: made.number, url: made.html_url };
}

/** Makes a branch at a commit, or moves it there. */
async function putBranch(gitHub: GitHub, branch: string, sha: string): Promise<void> {
  const there = await gitHub.rest("GET", `${root}/git/ref/heads/${branch}`);
  await (there === undefined
    ? gitHub.rest("POST", `${root}/git/refs`, { ref: `refs/heads/${branch}`, sha })
    : gitHub.rest("PATCH", `${root}/git/refs/heads/${branch}`, { sha, force: true }));
}
