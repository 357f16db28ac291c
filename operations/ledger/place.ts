import { join } from "node:path";

import type { Session } from "../context/session.ts";
import { refuseHcp } from "../state-place/place-of.ts";
import { fileStore } from "./file-store.ts";
import { redactedStore } from "./redacted-store.ts";
import { spacesStore } from "./spaces-store.ts";
import type { LedgerStore } from "./store.ts";

/**
 * Where an environment's ledger lies: beside its states, in the state bucket or, for local states, in the project.
 *
 * @throws NotConfigured for HCP Terraform, which keeps its own history of runs and has no place for this one.
 */
export function ledgerOf(session: Session): LedgerStore {
  return redactedStore(placeOf(session), session.redactor);
}

function placeOf(session: Session): LedgerStore {
  const { environment, project, clients } = session;
  const { name, state } = environment.config;
  switch (state.backend.kind) {
    case "spaces":
      return spacesStore(clients.spaces(), state.backend.bucket, `${name}.ledger.json`);
    case "local":
      return fileStore(join(project, `terraform.${name}.ledger.json`));
    case "hcp":
      refuseHcp(session);
      throw new Error("HCP Terraform keeps no ledger");
  }
}
