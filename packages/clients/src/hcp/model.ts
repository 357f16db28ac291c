import { z } from "zod";

/** Where Terraform runs for a workspace. */
export type ExecutionMode = "local" | "remote" | "agent";

/** Who holds the lock of a workspace. */
export interface HcpLock {
  /** `users`, `teams` or `runs`. */
  readonly type: string;
  /** Name of a user or team; id of a run. */
  readonly holder: string;
  /** What whoever took it said; undefined where nobody said anything. */
  readonly reason: string | undefined;
}

/** A workspace, as far as it is looked at. */
export interface HcpWorkspace {
  readonly id: string;
  readonly name: string;
  readonly projectId: string | undefined;
  readonly executionMode: ExecutionMode;
  readonly terraformVersion: string;
  readonly autoApply: boolean;
  /** Owner and name of the repository whose commits begin its runs; undefined where there is none. */
  readonly repository: string | undefined;
  /** How many resources its state manages. */
  readonly resources: number;
  readonly lock: HcpLock | undefined;
}

/** What is set when a workspace is made or changed. */
export interface WorkspaceSettings {
  readonly executionMode?: ExecutionMode;
  readonly terraformVersion?: string;
  readonly autoApply?: boolean;
  readonly description?: string;
  /** Takes the connection to a repository away. */
  readonly repository?: null;
}

/** A run that has not ended. */
export interface HcpRun {
  readonly id: string;
  /** As the service calls it: `pending`, `planned`. */
  readonly status: string;
}

/** A version of a state. */
export interface HcpStateVersion {
  readonly id: string;
  readonly serial: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly bytes: number | undefined;
  /** Where its content is; undefined where it has none yet. */
  readonly url: string | undefined;
}

const pointer = z.looseObject({ id: z.string(), type: z.string() });
const relation = z.looseObject({ data: pointer.nullish() }).optional();

const workspace = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({
    name: z.string(),
    "execution-mode": z.enum(["local", "remote", "agent"]),
    "terraform-version": z.string(),
    "auto-apply": z.boolean().default(false),
    "vcs-repo": z.looseObject({ identifier: z.string() }).nullish(),
    "resource-count": z.number().nullish(),
    locked: z.boolean(),
    // Empty where nobody gave one.
    "locked-reason": z
      .string()
      .nullish()
      .transform((text) => (text === "" || text === null ? undefined : text)),
  }),
  relationships: z.looseObject({ project: relation, "locked-by": relation }).default({}),
});

const included = z
  .array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      attributes: z
        .looseObject({ username: z.string().optional(), name: z.string().optional() })
        .default({}),
    }),
  )
  .default([]);

/** The answer of a call that is about one workspace. */
export const workspaceAnswer = z
  .looseObject({ data: workspace, included })
  .transform(({ data, included: others }): HcpWorkspace => ({
    id: data.id,
    name: data.attributes.name,
    projectId: data.relationships.project?.data?.id,
    executionMode: data.attributes["execution-mode"],
    terraformVersion: data.attributes["terraform-version"],
    autoApply: data.attributes["auto-apply"],
    repository: data.attributes["vcs-repo"]?.identifier,
    resources: data.attributes["resource-count"] ?? 0,
    lock: data.attributes.locked ? lockOf(data, others) : undefined,
  }));

function lockOf(
  { attributes, relationships }: z.output<typeof workspace>,
  others: z.output<typeof included>,
): HcpLock {
  const { id = "somebody", type = "users" } = relationships["locked-by"]?.data ?? {};
  const found = others.find((one) => one.id === id && one.type === type);
  const { username, name } = found?.attributes ?? {};
  return { type, holder: username ?? name ?? id, reason: attributes["locked-reason"] };
}

/** The answer of a list of projects. */
export const projectsAnswer = z.looseObject({
  data: z.array(z.looseObject({ id: z.string(), attributes: z.looseObject({ name: z.string() }) })),
});

/** The answer of a call that makes a project. */
export const projectAnswer = z.looseObject({ data: z.looseObject({ id: z.string() }) });

/** The answer of a list of runs. */
export const runsAnswer = z.looseObject({
  data: z.array(
    z
      .looseObject({ id: z.string(), attributes: z.looseObject({ status: z.string() }) })
      .transform(({ id, attributes: { status } }): HcpRun => ({ id, status })),
  ),
});

const stateVersion = z
  .looseObject({
    id: z.string(),
    attributes: z.looseObject({
      serial: z.number(),
      "created-at": z.string(),
      size: z.number().nullish(),
      "hosted-state-download-url": z.string().nullish(),
    }),
  })
  .transform(({ id, attributes }): HcpStateVersion => ({
    id,
    serial: attributes.serial,
    createdAt: attributes["created-at"],
    bytes: attributes.size ?? undefined,
    url: attributes["hosted-state-download-url"] ?? undefined,
  }));

/** The answer of a call that is about one version of a state. */
export const stateVersionAnswer = z.looseObject({ data: stateVersion });

/** A page of versions. */
export const stateVersionsAnswer = z.looseObject({
  data: z.array(stateVersion),
  meta: z.looseObject({
    pagination: z.looseObject({ "next-page": z.number().nullable() }),
  }),
});
