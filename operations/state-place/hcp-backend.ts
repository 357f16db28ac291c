import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

type Backend = EnvironmentConfig["state"]["backend"];

/** What a configuration says about HCP Terraform as the place of states. */
export type HcpBackend = Extract<Backend, { readonly kind: "hcp" }>;

/** Name of the workspace with a stack's state. */
export const workspaceName = ({ workspacePrefix }: HcpBackend, stack: string) =>
  `${workspacePrefix}${stack}`;

/** What the history of an environment is called beside its stacks; its workspace has the prefix before it. */
export const historyName = (environment: string) => `${environment}-history`;
