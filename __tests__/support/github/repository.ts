/** What may be done with a token, as `permissions` of a job grants it. */
export type Permissions = Readonly<Partial<Record<PermissionName, "read" | "write">>>;

/** A permission, as a workflow names it. */
export type PermissionName = "contents" | "issues" | "pull-requests" | "actions";

/** A text that somebody wrote. */
export interface Written {
  body: string;
  /** Whether the token wrote it that asks now. */
  own: boolean;
}

/** A comment of an issue or a pull request. */
export interface Comment extends Written {
  readonly id: number;
  readonly on: number;
}

/** An issue. */
export interface Issue extends Written {
  readonly number: number;
  title: string;
  state: "open" | "closed";
}

/** A pull request, as far as the tests are about it. */
export interface Pull {
  readonly number: number;
  title: string;
  body: string;
  readonly head: { readonly ref: string; readonly sha: string; readonly repository: string };
  readonly base: string;
  state: "open" | "closed";
  /** The commit on the base branch. */
  readonly merged?: string;
}

/** A run of a workflow. */
export interface Run {
  readonly id: number;
  readonly workflow: string;
  readonly head: { readonly sha: string; readonly repository: string };
  readonly startedAt: string;
  /** Files of each artifact. */
  readonly artifacts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A repository on GitHub. */
export interface Repository {
  readonly name: string;
  readonly branches: Map<string, { sha: string; files: Map<string, string> }>;
  readonly comments: Comment[];
  readonly issues: Issue[];
  readonly pulls: Pull[];
  readonly runs: Run[];
  permissions: Permissions;
}

/** A repository with a default branch and nothing else; a token may do everything. */
export function aRepository(files: Readonly<Record<string, string>> = {}): Repository {
  return {
    name: "northlight/mam-infra",
    branches: new Map([["main", { sha: "a".repeat(40), files: new Map(Object.entries(files)) }]]),
    comments: [],
    issues: [],
    pulls: [],
    runs: [],
    permissions: {
      contents: "write",
      issues: "write",
      "pull-requests": "write",
      actions: "read",
    },
  };
}
