import type { StoredDump } from "../backups/dumps.ts";
import { dumpsOf } from "../backups/stored.ts";
import { CheckSkipped } from "../context/check.ts";
import { once } from "../context/once.ts";
import type { Session } from "../context/session.ts";
import { type SpecDifference, specDifferences } from "./app-spec/differences.ts";
import { type InsightsPlan, planInsights } from "../dashboard/plan.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { readLedger } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import type { KnownState } from "./known.ts";
import { type AccessResults, tryAccess } from "./storage-access/results.ts";
import { type ObservedStorage, askStorage } from "../platform/observed-storage.ts";
import { type ObservedState, observe } from "../platform/observed-state.ts";
import { whereConfigured } from "../platform/where-configured.ts";

/**
 * What the checks of verify are made with. What several checks look at is asked for once, and by the first that needs
 * it: a platform that does not answer fails those checks that ask it, and no others.
 */
export interface VerifyContext {
  readonly session: Session;
  readonly now: Date;
  /** What stands on DigitalOcean under the environment's names. */
  readonly observed: () => Promise<ObservedState>;
  /** The app. @throws CheckSkipped when there is none, which the check of the spec reports. */
  readonly app: () => Promise<NonNullable<ObservedState["app"]>>;
  /** Where the app's spec is not what the environment describes. */
  readonly specDifferences: () => Promise<readonly SpecDifference[]>;
  /** The ledger, oldest entry first. @throws CheckSkipped without the keys of the state bucket. */
  readonly entries: () => Promise<readonly LedgerEntry[]>;
  /** Buckets and users on Wasabi. @throws CheckSkipped without Wasabi's keys. */
  readonly storage: () => Promise<ObservedStorage>;
  /** The dumps of the database, newest first. @throws CheckSkipped without Wasabi's keys. */
  readonly dumps: () => Promise<readonly StoredDump[]>;
  /** What the services' own storage keys may do. @throws CheckSkipped without Wasabi's keys and those of the state bucket. */
  readonly access: () => Promise<AccessResults>;
  /** What stands on Insights otherwise than it is described. */
  readonly insights: () => Promise<InsightsPlan>;
}

/**
 * Prepares a context; nothing is asked of a platform yet.
 *
 * @param known what need not be asked again.
 */
export function verifyContext(session: Session, known: KnownState = {}): VerifyContext {
  const { data, storage } = known;
  const { clients, environment } = session;
  const observed = once(async () => observe(clients.digitalOcean(), environment.config, data));
  const now = new Date();
  return {
    session,
    now,
    observed,
    app: async () => {
      const { app } = await observed();
      if (!app) throw new CheckSkipped("there is no app");
      return app;
    },
    specDifferences: once(async () => specDifferences(environment, await observed())),
    entries: once(
      async () => known.entries ?? whereConfigured(() => readLedger(ledgerOf(session))),
    ),
    storage: once(async () => storage ?? askStorage(session)),
    dumps: once(() => whereConfigured(() => dumpsOf(session))),
    access: once(() => tryAccess(session)),
    insights: once(() => planInsights(session, now)),
  };
}
