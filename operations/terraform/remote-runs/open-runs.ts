import { type Session, finishing } from "../../context/session.ts";
import { hcpBackendOf } from "../../state-place/workspaces.ts";

/** What a command has made in HCP Terraform and has to take away. */
interface OpenRuns {
  /** Plans that were saved and not applied, by id. */
  readonly saved: Set<string>;
  /** Variables that were set, by id, each with its workspace's. */
  readonly variables: Map<string, string>;
}

/** By what all sessions of a command share. */
const open = new WeakMap<Session["output"], OpenRuns>();

/** What this command has made so far. */
export function openRunsOf({ output }: Session): OpenRuns {
  const known = open.get(output);
  if (known) return known;
  const made = { saved: new Set<string>(), variables: new Map<string, string>() };
  open.set(output, made);
  return made;
}

/** Discards the plans that a command saved and did not apply, and takes its variables away, however it ended. */
export async function closeRuns(session: Session): Promise<void> {
  const made = open.get(session.output);
  const backend = hcpBackendOf(session);
  if (!made || !backend) return;
  const { runs } = finishing(session).clients.hcp(backend.organization);
  for (const id of made.saved) await runs.discard(id);
  for (const [id, workspaceId] of made.variables) await runs.removeVariable(workspaceId, id);
  open.delete(session.output);
}
