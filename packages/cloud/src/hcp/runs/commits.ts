import { newId } from "../ids.ts";
import type { ConnectedRepository, HcpStore, Workspace } from "../model.ts";
import { newRun, plainOrder } from "./model.ts";
import type { Runner } from "./runner.ts";

/** A commit that was pushed to a repository. */
export interface Commit extends ConnectedRepository {
  readonly message: string;
  /** All that the repository has then, a gzipped tar. */
  readonly archive: Buffer;
  /** Paths of the files that it changes. */
  readonly changed: readonly string[];
}

/**
 * Begins a run in each workspace that is connected to the branch and whose directory the commit changes. A workspace in which nobody began
 * a run yet only keeps what was committed, unless it queues all runs.
 */
export function takeCommit(store: HcpStore, runner: Runner, commit: Commit, createdAt: Date): void {
  for (const workspace of store.workspaces.filter((one) => isConcerned(one, commit))) {
    const { id: workspaceId, autoApply } = workspace;
    const configuration = {
      ...{ id: newId("cv"), workspaceId, speculative: false, autoQueueRuns: true },
      archive: commit.archive,
    };
    store.configurationVersions.push(configuration);
    if (!workspace.queueAllRuns && !store.runs.some((run) => run.workspaceId === workspaceId))
      continue;
    const { message } = commit;
    const configurationVersionId = configuration.id;
    const order = { ...plainOrder, autoApply };
    store.runs.push(newRun({ workspaceId, configurationVersionId, createdAt, message, order }));
  }
  runner.schedule();
}

function isConcerned(
  { executionMode, repository, workingDirectory }: Workspace,
  { identifier, branch, changed }: Commit,
): boolean {
  if (executionMode === "local") return false;
  if (repository?.identifier !== identifier || repository.branch !== branch) return false;
  return changed.some((path) => workingDirectory === "" || path.startsWith(`${workingDirectory}/`));
}
