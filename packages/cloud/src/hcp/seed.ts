import { newId } from "./ids.ts";
import type { ExecutionMode, HcpStore } from "./model.ts";

/** What HCP Terraform has when it starts. */
export interface HcpSeed {
  readonly organization: string;
  /** Who may call it; each with everything. */
  readonly tokens: readonly { readonly value: string; readonly user: string }[];
  /** Mode of a workspace that is made without one; default `remote`, which is that of a new organisation. */
  readonly defaultExecutionMode?: ExecutionMode;
  /** Versions that a workspace may have, the newest first; default 1.11.4 alone. */
  readonly terraformVersions?: readonly string[];
}

/** Name of the project that every organisation begins with. */
export const defaultProject = "Default Project";

/** An organisation with one project and no workspace, and the user that each token is of. */
export function createHcpStore({
  organization,
  tokens,
  defaultExecutionMode = "remote",
  terraformVersions = ["1.11.4"],
}: HcpSeed) {
  const names = [...new Set(tokens.map(({ user }) => user))];
  const users = names.map((name) => ({ id: newId("user"), name }));
  const store: HcpStore = {
    organization,
    defaultExecutionMode,
    terraformVersions,
    users,
    projects: [{ id: newId("prj"), name: defaultProject, description: "" }],
    workspaces: [],
    stateVersions: [],
    runs: [],
  };
  const byToken = new Map(
    tokens.flatMap(({ value, user }) =>
      users.filter(({ name }) => name === user).map((one) => [value, one] as const),
    ),
  );
  return { store, userOfToken: (token: string) => byToken.get(token) };
}
