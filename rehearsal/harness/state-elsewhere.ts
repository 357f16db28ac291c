import { type ChangedProject, changedProject, checkout } from "./changed-project.ts";

/** Where a rehearsal keeps its states: where the environment's file says, or in HCP Terraform. */
export const statesKinds = ["configured", "hcp"] as const;

/** A choice of {@link statesKinds}. */
export type StatesKind = (typeof statesKinds)[number];

/** The organisation of a rehearsal, with a prefix that says whose workspaces they are. */
const hcp = {
  kind: "hcp",
  organization: "northlight",
  workspacePrefix: "mam-",
  project: "mam",
  execution: "local",
} as const;

/** The project with one change: the environment's states lie in HCP Terraform, in local execution. */
export function projectOnHcp(name: string): ChangedProject {
  return changedProject(checkout(name), name, (input) => ({
    ...input,
    state: { ...input.state, backend: hcp },
  }));
}
