import { type ChangedProject, changedProject, checkout } from "./changed-project.ts";

/**
 * Where a rehearsal keeps its states: where the environment's file says, or in HCP Terraform, which with `hcp-remote` runs
 * Terraform as well.
 */
export const statesKinds = ["configured", "hcp", "hcp-remote"] as const;

/** A choice of {@link statesKinds}. */
export type StatesKind = (typeof statesKinds)[number];

/** The organisation of a rehearsal, with a prefix that says whose workspaces they are. */
const hcp = {
  kind: "hcp",
  organization: "northlight",
  workspacePrefix: "mam-",
  project: "mam",
} as const;

/**
 * The project with one change: the environment's states lie in HCP Terraform.
 *
 * @returns undefined where they lie as its file says.
 */
export function projectElsewhere(kind: StatesKind, name: string): ChangedProject | undefined {
  if (kind === "configured") return undefined;
  const backend = { ...hcp, execution: kind === "hcp" ? "local" : "remote" } as const;
  return changedProject(checkout(name), name, (input) => ({
    ...input,
    state: { ...input.state, backend },
  }));
}
