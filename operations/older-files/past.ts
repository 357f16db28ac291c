import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { once } from "../context/once.ts";
import type { Session } from "../context/session.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { readLedger } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import { type Restore, readRestores } from "../ledger/restores.ts";
import { type RunningApp, runningApp } from "../platform/running-app.ts";

/** What ran, and what runs. Each is asked for once, and by the first that needs it. */
export interface Past {
  /** The environment's app; undefined before its first deployment. */
  readonly app: () => Promise<RunningApp | undefined>;
  /** The ledger, oldest entry first. */
  readonly entries: () => Promise<readonly LedgerEntry[]>;
  /** Restores of the database, oldest first. */
  readonly restores: () => Promise<readonly Restore[]>;
  /** Specifications of the app's deployments, oldest first. */
  readonly specs: () => Promise<readonly AppSpec[]>;
}

/** Deployments of the app that are looked through: the most that the API gives in one page. */
const lookedThrough = 200;

/**
 * Prepares what an environment has been.
 *
 * @param known what need not be asked for again.
 */
export function pastOf(session: Session, known: Partial<Past> = {}): Past {
  const app = known.app ?? once(() => runningApp(session));
  // Only whoever asks for it needs the credentials of where it lies.
  const asItIs = once(() => {
    const store = ledgerOf(session);
    return { ...store, read: once(() => store.read()) };
  });
  return {
    entries: once(async () => readLedger(asItIs())),
    restores: once(async () => readRestores(asItIs())),
    specs: once(async () => deployedSpecs(session, (await app())?.id)),
    ...known,
    app,
  };
}

async function deployedSpecs({ clients }: Session, app_id?: string): Promise<AppSpec[]> {
  if (app_id === undefined) return [];
  const query = { per_page: lookedThrough };
  const api = clients.digitalOcean();
  const { deployments } = await api.call("listDeployments", { app_id }, { query });
  return (deployments ?? []).toReversed().flatMap(({ spec }) => spec ?? []);
}
