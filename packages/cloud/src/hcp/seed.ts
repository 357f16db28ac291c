import { newId } from "./ids.ts";
import type { ExecutionMode, HcpStore, User } from "./model.ts";
import { isFinal } from "./runs/model.ts";
import type { OpenRun } from "./runs/work.ts";

/** What HCP Terraform has when it starts. */
export interface HcpSeed {
  readonly organization: string;
  /** Who may call it; each with everything. */
  readonly tokens: readonly { readonly value: string; readonly user: string }[];
  /** Mode of a workspace that is made without one; default `remote`, which is that of a new organisation. */
  readonly defaultExecutionMode?: ExecutionMode;
  /** Versions that a workspace may have, the newest first; default 1.11.4 alone. */
  readonly terraformVersions?: readonly string[];
  /** How many runs work at the same time; default 1, which is the free plan's. */
  readonly concurrency?: number;
  /** Executes a run; without it runs wait, as where no worker is free. */
  readonly openRun?: OpenRun;
}

/** Name of the project that every organisation begins with. */
export const defaultProject = "Default Project";

/** An organisation with one project and no workspace, and the user that each token is of. */
export function createHcpStore({
  organization,
  tokens,
  defaultExecutionMode = "remote",
  terraformVersions = ["1.11.4"],
  concurrency = 1,
}: HcpSeed) {
  const names = [...new Set(tokens.map(({ user }) => user))];
  const users = names.map((name) => ({ id: newId("user"), name }));
  const store: HcpStore = {
    organization,
    defaultExecutionMode,
    terraformVersions,
    concurrency,
    users,
    projects: [{ id: newId("prj"), name: defaultProject, description: "" }],
    workspaces: [],
    stateVersions: [],
    runs: [],
    configurationVersions: [],
    variables: [],
    runTriggers: [],
  };
  const byToken = new Map(
    tokens.flatMap(({ value, user }) =>
      users.filter(({ name }) => name === user).map((one) => [value, one] as const),
    ),
  );
  const userOfToken = (token: string) => byToken.get(token) ?? runOfToken(store, token);
  return { store, userOfToken };
}

/** The Terraform of a run that goes on, which may read what its workspace may. */
function runOfToken({ runs }: HcpStore, token: string): User | undefined {
  const run = runs.find((one) => one.token === token && !isFinal(one));
  return run && { id: run.id, name: run.id, runIn: run.workspaceId };
}
