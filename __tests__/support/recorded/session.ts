import { join } from "node:path";

import type { Environment } from "../../../environments/loading/load.ts";
import type { Clients } from "../../../operations/context/clients.ts";
import { NotConfigured } from "../../../operations/context/credentials.ts";
import { thisHolder } from "../../../operations/context/holder.ts";
import { once } from "../../../operations/context/once.ts";
import { plainProgress } from "../../../operations/context/progress.ts";
import { redactorOf } from "../../../operations/context/redaction.ts";
import type { Session } from "../../../operations/context/session.ts";
import type { Variables } from "../../../operations/context/variables.ts";
import { placeOf } from "../../../operations/context/place.ts";
import { type RunFolder, openRunFolder } from "../../../operations/context/run-folder.ts";
import { endpointsOf } from "../../../stacks/endpoints.ts";

/** What a session of a test is made of. */
export interface SessionParts {
  readonly environment: Environment;
  readonly project: string;
  readonly clients: Partial<Clients>;
  readonly variables?: Variables;
  readonly interruption?: AbortSignal;
}

/** A session with recorded clients; one that a test did not record is one without its credentials. */
export function aSession(parts: SessionParts): Session {
  const { environment, project, variables = {} } = parts;
  const { interruption = new AbortController().signal } = parts;
  const { name } = environment.config;
  const made: RunFolder[] = [];
  const run = once(() => {
    const folder = openRunFolder(placeOf(project, variables), name, thisHolder("mam"));
    made.push(folder);
    return folder;
  });
  const clients = recordedClients(parts.clients);
  return {
    environment,
    project,
    releases: join(project, "environments"),
    endpoints: endpointsOf(environment.config, undefined),
    clients,
    supplied: {},
    variables,
    interruption,
    urgency: new AbortController().signal,
    redactor: redactorOf(variables),
    output: {
      result: () => undefined,
      data: () => undefined,
      disclose: () => undefined,
      tell: () => undefined,
      redraw: () => undefined,
      ask: () => Promise.resolve(""),
      progress: plainProgress(() => undefined),
    },
    run,
    close: () => {
      for (const folder of made) folder.remove();
      return Promise.resolve();
    },
  };
}

/** Clients of which some are recorded. */
export function recordedClients(given: Partial<Clients>): Clients {
  const missing = (name: string) => () => {
    throw new NotConfigured(`no ${name} is recorded`);
  };
  const clients: Clients = {
    digitalOcean: missing("DigitalOcean"),
    wasabiStorage: missing("Wasabi"),
    wasabiStorageAs: missing("Wasabi"),
    wasabiIam: missing("Wasabi"),
    wasabiSts: missing("Wasabi"),
    spaces: missing("Spaces"),
    hcp: missing("HCP Terraform"),
    web: missing("web"),
    internet: missing("internet"),
    finishing: () => clients,
    close: () => Promise.resolve(),
    ...given,
  };
  return clients;
}
