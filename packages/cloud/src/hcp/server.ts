import { type CloudContext, createPlatformServer, listenOnLoopback } from "../platform-server.ts";
import { errorDocument } from "./errors.ts";
import { generatedHcpIds } from "./ids.ts";
import type { HcpStore } from "./model.ts";
import { type HcpSeed, createHcpStore } from "./seed.ts";
import { type Commit, takeCommit } from "./runs/commits.ts";
import { Runner } from "./runs/runner.ts";
import { serveHcp } from "./serve.ts";

/** HCP Terraform, running. */
export interface Hcp {
  /** Base URL, without a trailing slash; the API is below `/api/v2`. */
  readonly url: string;
  /** Everything that the organisation has. */
  readonly store: HcpStore;
  /** Takes a commit that somebody pushed, as the repository's host tells it. */
  readonly push: (commit: Commit) => void;
  /** Calls that are not known here, in order. A rehearsal with any has failed. */
  readonly findings: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts HCP Terraform on loopback: workspaces, the versions of their states, outputs and locks, which is all that
 * Terraform asks for in local execution, and runs that are executed by what the seed names for it. Unmodified Terraform comes here by a `host` block of its configuration.
 */
export async function startHcp(context: CloudContext, seed: HcpSeed, port?: number): Promise<Hcp> {
  const { store, userOfToken } = createHcpStore(seed);
  const runner = new Runner(store, context.clock, seed.openRun);
  const findings: string[] = [];
  const server = createPlatformServer("hcp", context, {
    dump: () => dumpHcp(store),
    errorBody: (status, message) => ({
      contentType: "application/vnd.api+json",
      body: errorDocument(status, message),
    }),
    generated: generatedHcpIds,
  });
  serveHcp(server, { store, clock: context.clock, userOfToken, runner, findings });
  const listening = await listenOnLoopback(server, port);
  const close = async () => {
    await runner.close();
    await listening.close();
  };
  const push = (commit: Commit) => {
    takeCommit(store, runner, commit, context.clock.now());
  };
  return { ...listening, close, store, push, findings: () => [...findings] };
}

/** What stands, without states, variables, configurations and plans, which have secrets in them. */
function dumpHcp({ organization, projects, workspaces, stateVersions, runs }: HcpStore) {
  return {
    organization,
    projects,
    workspaces,
    runs: runs.map(({ id, workspaceId, status, hasChanges, message }) => ({
      id,
      workspaceId,
      status,
      hasChanges,
      message,
    })),
    stateVersions: stateVersions.map(({ state, jsonState, outputs, ...rest }) => ({
      ...rest,
      bytes: state?.length ?? 0,
      hasJson: jsonState !== undefined,
      outputs: outputs.map(({ name, sensitive }) => ({ name, sensitive })),
    })),
  };
}
