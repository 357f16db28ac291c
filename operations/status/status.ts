import { once } from "../context/once.ts";
import type { Session } from "../context/session.ts";
import { type HeldLock, heldLocks } from "../platform/held-locks.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { Oddity } from "../ledger/history.ts";
import { readHistory } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import { type AgedSecret, agedSecrets } from "../secrets/ages.ts";
import { type SpecDifference, specDifferences } from "../verify/app-spec/differences.ts";
import { type DatabaseStatus, databaseStatuses } from "./databases.ts";
import { type EndpointStatus, endpointStatuses } from "./endpoints.ts";
import { type Glance, glanceAt } from "./glance.ts";
import { type InstanceStatus, instanceStatuses } from "./instances.ts";
import { machineStatuses } from "./machines.ts";
import { type Part, part } from "./part.ts";
import { type Running, isMaintained, runningStatus } from "./running.ts";
import { type ServiceLevelStatus, serviceLevelStatuses } from "../platform/service-levels.ts";
import { dataDifferences, storageDifferences } from "./standing.ts";
import { type UptimeStatus, uptimeStatuses } from "./uptime.ts";

/** Releases of the ledger that are shown. */
const shownReleases = 5;

/** An environment at a glance. Nothing in it is a secret. */
export interface Status {
  readonly environment: string;
  /** When it was asked for, ISO 8601. */
  readonly at: string;
  readonly running: Part<Running | undefined>;
  readonly endpoints: Part<readonly EndpointStatus[]>;
  /** What the services say of their objectives. */
  readonly serviceLevels: Part<readonly ServiceLevelStatus[]>;
  readonly instances: Part<readonly InstanceStatus[]>;
  readonly databases: Part<readonly DatabaseStatus[]>;
  readonly uptime: Part<readonly UptimeStatus[]>;
  readonly secrets: Part<readonly AgedSecret[]>;
  /** Where the app's spec is not what the environment describes. */
  readonly drift: Part<readonly SpecDifference[]>;
  /** Where the clusters are others than configured, or the database can be reached by others, a sentence each. */
  readonly data: Part<readonly string[]>;
  /** The same of the storage stack. */
  readonly storage: Part<readonly string[]>;
  readonly locks: Part<readonly HeldLock[]>;
  /** The last releases, newest first. */
  readonly releases: Part<readonly LedgerEntry[]>;
  /** What is odd about the ledger; nothing when it could not be read. */
  readonly oddities: readonly Oddity[];
}

/**
 * Asks the platforms how an environment is, all of it side by side: twelve requests to DigitalOcean with six uptime checks.
 * Unlike `mam verify` it tries nothing, asks for no more than changes by itself, and takes a second.
 *
 * @throws NotConfigured without a DigitalOcean token. Other credentials may be missing: what needs them is not asked.
 */
export async function readStatus(session: Session, now: Date): Promise<Status> {
  const { environment, clients } = session;
  const { config } = environment;
  const api = clients.digitalOcean();
  const observed = once(() => glanceAt(session));
  const history = once(async () => readHistory(ledgerOf(session)));
  const ledger = async () => (await history()).entries;
  const ofObserved = <T>(read: (found: Glance) => T | Promise<T>) =>
    part(async () => read(await observed()));
  const maintained = observed().then(
    ({ app }) => isMaintained(app),
    // Whatever the platform shows, it is not known to be the maintenance page.
    () => false,
  );
  const parts = await allOf({
    running: ofObserved(async ({ app }) => runningStatus(environment, app, await part(ledger))),
    endpoints: part(async () => endpointStatuses(clients.internet(), config, await maintained)),
    serviceLevels: part(async () =>
      serviceLevelStatuses(clients.internet(), config, await maintained),
    ),
    instances: ofObserved(async ({ app }) => {
      const [counted, machines] = await Promise.all([
        instanceStatuses(api, config, app),
        machineStatuses(session, now),
      ]);
      return [...counted, ...machines];
    }),
    databases: ofObserved((found) => databaseStatuses(config, found)),
    uptime: ofObserved(async ({ checks }) => uptimeStatuses(api, config, checks, await maintained)),
    secrets: part(() => agedSecrets(session, now)),
    drift: ofObserved((found) => specDifferences(environment, found)),
    data: ofObserved((found) => dataDifferences(session, found)),
    storage: part(() => storageDifferences(session)),
    locks: part(() => heldLocks(session)),
    releases: part(async () => (await ledger()).slice(-shownReleases).toReversed()),
  });
  return {
    environment: config.name,
    at: now.toISOString(),
    ...parts,
    oddities: parts.releases.state === "known" ? (await history()).oddities : [],
  };
}

/** Waits for all of several things side by side, and keeps their names. */
async function allOf<T extends Readonly<Record<string, Promise<unknown>>>>(
  named: T,
): Promise<{ [Name in keyof T]: Awaited<T[Name]> }> {
  const entries = Object.entries(named).map(async ([name, one]) => [name, await one] as const);
  // `fromEntries` forgets which value belongs to which name.
  return Object.fromEntries(await Promise.all(entries)) as {
    [Name in keyof T]: Awaited<T[Name]>;
  };
}
