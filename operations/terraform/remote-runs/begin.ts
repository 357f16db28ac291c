import type { HcpRunState, RunOrder } from "@mam-infra/clients/hcp/runs";
import { NotConfigured } from "../../context/credentials.ts";
import type { Session } from "../../context/session.ts";
import { poll } from "../../context/polling.ts";
import { type HcpBackend, workspaceName } from "../../state-place/hcp-backend.ts";
import type { StackFolder } from "../synthesis.ts";
import { archiveOf } from "./archive.ts";
import { setVariables } from "./variables.ts";

/** How long the service may take to take a configuration in, in seconds. Terraform's own client waits as long (1.11.4). */
const uploadSeconds = 30;

/** Begins a run of a stack: its secrets first, then its configuration, then the run. */
export async function beginRun(
  { session, backend }: { readonly session: Session; readonly backend: HcpBackend },
  stack: StackFolder,
  order: Partial<RunOrder>,
  interruption: AbortSignal,
  assumed: readonly string[],
): Promise<HcpRunState> {
  const hcp = session.clients.hcp(backend.organization);
  const { runs } = hcp;
  const name = workspaceName(backend, stack.name);
  const workspace = await hcp.workspace(name);
  if (!workspace) throw new NotConfigured(`The workspace ${name} is not there.`);
  await setVariables(session, runs, workspace, stack.needs, assumed);
  const configurationId = await runs.upload(workspace.id, archiveOf(stack.directory));
  await poll(async () => (await runs.isUploaded(configurationId)) || undefined, {
    what: "the uploaded configuration",
    limitSeconds: uploadSeconds,
    interruption,
  });
  return runs.create({
    workspaceId: workspace.id,
    configurationId,
    message: `mam: ${stack.name}`,
    ...order,
    variables: literalsOf(session, stack, assumed),
  });
}

/** Values of secrets that are only assumed, as literals: they are no secrets, and go with the run. */
function literalsOf(
  { variables }: Session,
  { needs }: StackFolder,
  assumed: readonly string[],
): { readonly key: string; readonly value: string }[] {
  const names = new Set(assumed.map((name) => name.toLowerCase()));
  return needs.variables
    .filter((key) => names.has(key.toLowerCase()))
    .map((key) => ({ key, value: literal(variables[`TF_VAR_${key}`] ?? "") }));
}

/** A text of Terraform's language, in which nothing is filled in. */
const literal = (text: string) =>
  JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => `${sign}${sign}`);
