import type { ConfigurationVersion, Run, Variable } from "./runs/model.ts";

/** Where Terraform runs for a workspace. */
export type ExecutionMode = "local" | "remote" | "agent";

/** A person or a machine with a token. */
export interface User {
  readonly id: string;
  readonly name: string;
  /** Workspace whose run it is; absent for whoever may do everything. */
  readonly runIn?: string;
}

/** Workspaces that belong together. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** Who holds the lock of a workspace, and why as far as somebody said it. */
export interface WorkspaceLock {
  readonly type: "users" | "runs";
  readonly id: string;
  readonly reason: string;
}

/** The repository whose commits begin the runs of a workspace. */
export interface ConnectedRepository {
  /** Owner and name. */
  readonly identifier: string;
  readonly branch: string;
}

/** Runs of one workspace begin after each that was applied in another. */
export interface RunTrigger {
  readonly id: string;
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly createdAt: Date;
}

/** A workspace: one state, its versions and its lock. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly createdAt: Date;
  executionMode: ExecutionMode;
  terraformVersion: string;
  autoApply: boolean;
  description: string;
  repository: ConnectedRepository | undefined;
  /** Directory of the configuration in what is uploaded or committed, without slashes at its ends; empty for all of it. */
  workingDirectory: string;
  /** Whether commits begin runs before anybody else began one. */
  queueAllRuns: boolean;
  /** Whether runs of every workspace may read its state. */
  globalRemoteState: boolean;
  /** Workspaces whose runs may read its state, by id. */
  remoteStateConsumers: readonly string[];
  lock: WorkspaceLock | undefined;
}

/** A value of a state that other states may read. */
export interface Output {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
  /** Type as Terraform writes it into a state: `"string"`, `["list","string"]`. */
  readonly type: unknown;
  readonly sensitive: boolean;
}

/** What became of a version: a pending one has no content yet, and a discarded one was overtaken before it had any. */
export type StateVersionStatus = "pending" | "finalized" | "discarded";

/** A version of a workspace's state. */
export interface StateVersion {
  readonly id: string;
  readonly workspaceId: string;
  readonly serial: number;
  readonly lineage: string;
  /** Of the state, in hexadecimal. */
  readonly md5: string;
  readonly createdAt: Date;
  status: StateVersionStatus;
  /** The state as it was uploaded. */
  state: Buffer | undefined;
  /** The same in Terraform's stable format. */
  jsonState: Buffer | undefined;
  outputs: readonly Output[];
}

/** Everything that an organisation has. */
export interface HcpStore {
  readonly organization: string;
  readonly defaultExecutionMode: ExecutionMode;
  /** Versions of Terraform that a workspace may have, the newest first. */
  readonly terraformVersions: readonly string[];
  /** How many runs work at the same time. */
  readonly concurrency: number;
  readonly users: readonly User[];
  readonly projects: Project[];
  readonly workspaces: Workspace[];
  /** Of all workspaces, oldest first. */
  readonly stateVersions: StateVersion[];
  /** Of all workspaces, oldest first. */
  readonly runs: Run[];
  readonly configurationVersions: ConfigurationVersion[];
  readonly variables: Variable[];
  readonly runTriggers: RunTrigger[];
}

/** The version of a workspace's state that counts: the newest whose content came. */
export function currentVersion(store: HcpStore, { id }: Workspace): StateVersion | undefined {
  return store.stateVersions.findLast(
    ({ workspaceId, status }) => workspaceId === id && status === "finalized",
  );
}

/** The user of an id. @throws Error when there is none: ids of users come from tokens */
export function userOf({ users }: HcpStore, id: string): User {
  const user = users.find((one) => one.id === id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return user;
}
