import { createHash } from "node:crypto";

import { z } from "zod";

import type { PermissionName, Pull, Repository } from "./repository.ts";

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request, with the parts of its path. */
export interface Asked {
  readonly repository: Repository;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** An endpoint of the REST API (docs.github.com/rest, 2022-11-28). */
interface Endpoint {
  readonly method: string;
  /** Below the repository. */
  readonly path: RegExp;
  /** One of these is needed. */
  readonly needs: readonly (readonly [PermissionName, "read" | "write"])[];
  readonly answer: (asked: Asked) => Answer;
}

const found = (body: unknown): Answer => ({ status: 200, body });
const made = (body: unknown): Answer => ({ status: 201, body });
const missing: Answer = { status: 404, body: { message: "Not Found" } };

const text = z.strictObject({ body: z.string().max(65_536) });
const titled = z.strictObject({ title: z.string().min(1), body: z.string().max(65_536) });
const closing = z.strictObject({
  state: z.literal("closed"),
  state_reason: z.literal("completed"),
});
const digest = (content: string) => createHash("sha1").update(content).digest("hex");

const pullData = (pull: Pull, name: string) => ({
  number: pull.number,
  html_url: `https://github.com/${name}/pull/${pull.number}`,
  merged_at: pull.merged === undefined ? null : "2026-11-28T10:00:00Z",
  merge_commit_sha: pull.merged ?? null,
  head: { sha: pull.head.sha, repo: { full_name: pull.head.repository } },
  base: { repo: { full_name: name } },
});

const commentsAndIssues: readonly Endpoint[] = [
  {
    method: "POST",
    path: /^issues\/(\d+)\/comments$/,
    needs: [
      ["issues", "write"],
      ["pull-requests", "write"],
    ],
    answer: ({ repository, path: [on], body }) => {
      const comment = { id: repository.comments.length + 1, on: Number(on), own: true };
      repository.comments.push({ ...comment, ...text.parse(body) });
      return made({ id: comment.id });
    },
  },
  {
    method: "PATCH",
    path: /^issues\/comments\/(\d+)$/,
    needs: [
      ["issues", "write"],
      ["pull-requests", "write"],
    ],
    answer: ({ repository, path: [id], body }) => {
      const comment = repository.comments.find((one) => one.id === Number(id));
      if (!comment) return missing;
      Object.assign(comment, text.parse(body));
      return found({ id: comment.id });
    },
  },
  {
    method: "POST",
    path: /^issues$/,
    needs: [["issues", "write"]],
    answer: ({ repository, body }) => {
      const number = repository.issues.length + repository.pulls.length + 1;
      repository.issues.push({ number, ...titled.parse(body), own: true, state: "open" });
      return made({ number });
    },
  },
  {
    method: "PATCH",
    path: /^issues\/(\d+)$/,
    needs: [["issues", "write"]],
    answer: ({ repository, path: [number], body }) => {
      const issue = repository.issues.find((one) => one.number === Number(number));
      if (!issue) return missing;
      const change = z.union([titled, closing]).parse(body);
      Object.assign(issue, "title" in change ? change : { state: change.state });
      return found({ number: issue.number });
    },
  },
];

const contents: readonly Endpoint[] = [
  {
    method: "GET",
    path: /^$/,
    needs: [],
    answer: () => found({ default_branch: "main" }),
  },
  {
    method: "GET",
    path: /^git\/ref\/heads\/(.+)$/,
    needs: [["contents", "read"]],
    answer: ({ repository, path: [branch = ""] }) => {
      const known = repository.branches.get(branch);
      return known ? found({ object: { sha: known.sha } }) : missing;
    },
  },
  {
    method: "POST",
    path: /^git\/refs$/,
    needs: [["contents", "write"]],
    answer: ({ repository, body }) => {
      const { ref, sha } = z.strictObject({ ref: z.string(), sha: z.string() }).parse(body);
      return put(repository, ref.replace("refs/heads/", ""), sha);
    },
  },
  {
    method: "PATCH",
    path: /^git\/refs\/heads\/(.+)$/,
    needs: [["contents", "write"]],
    answer: ({ repository, path: [branch = ""], body }) => {
      const { sha } = z.strictObject({ sha: z.string(), force: z.boolean() }).parse(body);
      return put(repository, branch, sha);
    },
  },
  {
    method: "GET",
    path: /^contents\/(.+)$/,
    needs: [["contents", "read"]],
    answer: ({ repository, path: [path = ""], query }) => {
      const content = repository.branches.get(query.get("ref") ?? "main")?.files.get(path);
      if (content === undefined) return missing;
      return found({ sha: digest(content), content: Buffer.from(content).toString("base64") });
    },
  },
  {
    method: "PUT",
    path: /^contents\/(.+)$/,
    needs: [["contents", "write"]],
    answer: ({ repository, path: [path = ""], body }) => {
      const asked = z
        .strictObject({
          message: z.string().min(1),
          content: z.base64(),
          branch: z.string(),
          sha: z.string().optional(),
        })
        .parse(body);
      const branch = repository.branches.get(asked.branch);
      const before = branch?.files.get(path);
      if (!branch) return missing;
      if (before !== undefined && asked.sha !== digest(before)) {
        return { status: 409, body: { message: `${path} does not match ${asked.sha ?? ""}` } };
      }
      branch.files.set(path, Buffer.from(asked.content, "base64").toString());
      branch.sha = digest(branch.sha + asked.content);
      return made({ commit: { sha: branch.sha } });
    },
  },
];

/** Puts a branch at the commit of another one. */
function put(repository: Repository, branch: string, sha: string): Answer {
  const from = [...repository.branches.values()].find((one) => one.sha === sha);
  if (!from) return { status: 422, body: { message: "Object does not exist" } };
  repository.branches.set(branch, { sha, files: new Map(from.files) });
  return made({ object: { sha } });
}

const pulls: readonly Endpoint[] = [
  {
    method: "GET",
    path: /^pulls$/,
    needs: [["pull-requests", "read"]],
    answer: ({ repository, query }) => {
      const [owner] = repository.name.split("/");
      const open = repository.pulls.filter(
        (one) => one.state === "open" && `${owner ?? ""}:${one.head.ref}` === query.get("head"),
      );
      return found(open.map((one) => pullData(one, repository.name)));
    },
  },
  {
    method: "POST",
    path: /^pulls$/,
    needs: [["pull-requests", "write"]],
    answer: ({ repository, body }) => {
      const asked = titled.extend({ head: z.string(), base: z.string() }).parse(body);
      const sha = repository.branches.get(asked.head)?.sha;
      if (sha === undefined) return { status: 422, body: { message: "head is invalid" } };
      const number = repository.issues.length + repository.pulls.length + 1;
      const head = { ref: asked.head, sha, repository: repository.name };
      const pull: Pull = { ...asked, number, head, state: "open" };
      repository.pulls.push(pull);
      return made(pullData(pull, repository.name));
    },
  },
  {
    method: "PATCH",
    path: /^pulls\/(\d+)$/,
    needs: [["pull-requests", "write"]],
    answer: ({ repository, path: [number], body }) => {
      const pull = repository.pulls.find((one) => one.number === Number(number));
      if (!pull) return missing;
      Object.assign(pull, titled.parse(body));
      return found(pullData(pull, repository.name));
    },
  },
  {
    method: "GET",
    path: /^commits\/([0-9a-f]+)\/pulls$/,
    needs: [["pull-requests", "read"]],
    answer: ({ repository, path: [sha] }) =>
      found(
        repository.pulls
          .filter((one) => one.merged === sha || one.head.sha === sha)
          .map((one) => pullData(one, repository.name)),
      ),
  },
];

const runs: readonly Endpoint[] = [
  {
    method: "GET",
    path: /^actions\/workflows\/([\w.-]+)\/runs$/,
    needs: [["actions", "read"]],
    answer: ({ repository, path: [workflow], query }) =>
      found({
        workflow_runs: repository.runs
          .filter((run) => run.workflow === workflow && run.head.sha === query.get("head_sha"))
          .map((run) => ({
            id: run.id,
            run_started_at: run.startedAt,
            head_repository: { full_name: run.head.repository },
          })),
      }),
  },
  {
    method: "GET",
    path: /^actions\/runs\/(\d+)\/artifacts$/,
    needs: [["actions", "read"]],
    answer: ({ repository, path: [id] }) => {
      const run = repository.runs.find((one) => one.id === Number(id));
      if (!run) return missing;
      const artifacts = Object.keys(run.artifacts).map((name) => ({
        name,
        size_in_bytes: 1,
        expired: false,
        archive_download_url: `http://api.github.localhost/repos/${repository.name}/actions/artifacts/${run.id}-${name}/zip`,
      }));
      return found({ total_count: artifacts.length, artifacts });
    },
  },
];

/** Every endpoint that mam may use. */
export const endpoints: readonly Endpoint[] = [
  ...commentsAndIssues,
  ...contents,
  ...pulls,
  ...runs,
];
