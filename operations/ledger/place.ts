import { join } from "node:path";

import type { Session } from "../context/session.ts";
import { historyName, workspaceName } from "../state-place/hcp-backend.ts";
import { fileStore } from "./file-store.ts";
import { hcpStore } from "./hcp-store.ts";
import { redactedStore } from "./redacted-store.ts";
import { spacesStore } from "./spaces-store.ts";
import type { LedgerStore } from "./store.ts";

/**
 * Where an environment's ledger lies: beside its states, in the state bucket, in a workspace of its own or, for local
 * states, in the project.
 */
export function ledgerOf(session: Session): LedgerStore {
  return redactedStore(placeOf(session), session.redactor);
}

function placeOf(session: Session): LedgerStore {
  const { environment, project, clients } = session;
  const { name, state } = environment.config;
  const { backend } = state;
  switch (backend.kind) {
    case "spaces":
      return spacesStore(clients.spaces(), backend.bucket, `${name}.ledger.json`);
    case "local":
      return fileStore(join(project, `terraform.${name}.ledger.json`));
    case "hcp":
      return hcpStore(
        () => clients.hcp(backend.organization),
        workspaceName(backend, historyName(name)),
        name,
      );
  }
}
