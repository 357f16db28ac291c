import { type CloudContext, createPlatformServer, listenOnLoopback } from "../platform-server.ts";
import { errorDocument } from "./errors.ts";
import { generatedHcpIds } from "./ids.ts";
import type { HcpStore } from "./model.ts";
import { type HcpSeed, createHcpStore } from "./seed.ts";
import { serveHcp } from "./serve.ts";

/** HCP Terraform, running. */
export interface Hcp {
  /** Base URL, without a trailing slash; the API is below `/api/v2`. */
  readonly url: string;
  /** Everything that the organisation has. */
  readonly store: HcpStore;
  /** Calls that are not known here, in order. A rehearsal with any has failed. */
  readonly findings: () => readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Starts HCP Terraform on loopback, as a place of states: workspaces, their versions, outputs and locks, which is all
 * that Terraform asks for in local execution. Unmodified Terraform comes here by a `host` block of its configuration.
 */
export async function startHcp(context: CloudContext, seed: HcpSeed, port?: number): Promise<Hcp> {
  const { store, userOfToken } = createHcpStore(seed);
  const findings: string[] = [];
  const server = createPlatformServer("hcp", context, {
    dump: () => dumpHcp(store),
    errorBody: (status, message) => ({
      contentType: "application/vnd.api+json",
      body: errorDocument(status, message),
    }),
    generated: generatedHcpIds,
  });
  serveHcp(server, { store, clock: context.clock, userOfToken, findings });
  const listening = await listenOnLoopback(server, port);
  return { ...listening, store, findings: () => [...findings] };
}

/** What stands, without the content of states, which has secrets in it. */
function dumpHcp({ organization, projects, workspaces, stateVersions, runs }: HcpStore) {
  return {
    organization,
    projects,
    workspaces,
    runs,
    stateVersions: stateVersions.map(({ state, jsonState, outputs, ...rest }) => ({
      ...rest,
      bytes: state?.length ?? 0,
      hasJson: jsonState !== undefined,
      outputs: outputs.map(({ name, sensitive }) => ({ name, sensitive })),
    })),
  };
}
