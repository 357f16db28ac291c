import type { EndpointName } from "@mam-infra/clients/digitalocean/endpoints";

import type { Session } from "../../context/session.ts";
import type { LedgerEntry } from "../../ledger/entry.ts";
import { readLedger } from "../../ledger/ledger.ts";
import { ledgerOf } from "../../ledger/place.ts";
import { ownChecks } from "../../platform/observed-state.ts";
import { ownClusters } from "../../platform/own-clusters.ts";
import { runningApp } from "../../platform/running-app.ts";
import type { SparedSession } from "../../platform/sparing/spared.ts";
import { reloaded } from "../../secrets/rotation/rotation-file.ts";
import { callsOf } from "../../status/ages.ts";
import { databaseStatuses } from "../../status/databases.ts";
import { endpointStatuses } from "../../status/endpoints.ts";
import { instanceStatuses } from "../../status/instances.ts";
import { part } from "../../status/part.ts";
import { isMaintained, runningStatus } from "../../status/running.ts";
import { serviceLevelStatuses } from "../../platform/service-levels.ts";
import { type UptimeStatus, uptimeStatuses } from "../../status/uptime.ts";
import type { ReleaseView, SectionValues } from "../board.ts";
import { alertsOf } from "./alerts.ts";
import { ChartReader } from "./charts.ts";
import { costOf } from "./cost.ts";
import { keptFor } from "./kept-for.ts";
import { Section } from "./section.ts";

/** Every part of the page. */
export type Sections = { readonly [Name in keyof SectionValues]: Section<SectionValues[Name]> };

/** Releases that are shown. */
const shownReleases = 8;

/** Seconds between two reads of what the sparing client remembers: a read then costs nothing. */
const fromMemory = 2;

/** Seconds between two reads of what services answer themselves; they let an address ask 60 times a minute. */
const ofServices = 10;

/** Seconds between two reads of the history of releases, which lies in Spaces. */
const ofHistory = 30;

/** Seconds between two reads of the environment's files. */
const ofFiles = 10;

/**
 * Makes every part of the page; nothing is asked before the first refresh.
 *
 * @param now milliseconds of a clock that only goes forward; default: this machine's.
 */
export function makeSections(
  spared: SparedSession,
  now: () => number = () => performance.now(),
): Sections {
  const { session } = spared;
  const sources: Sources = {
    session,
    ledger: keptFor(ofHistory, now, () => readLedger(ledgerOf(session))),
    // A release is made in another window, which changes the files.
    files: keptFor(ofFiles, now, () => Promise.resolve().then(() => reloaded(session))),
    remembered: (calls, read) =>
      new Section({ read, everySeconds: fromMemory, now, asOf: () => spared.asOf(calls) }),
    asked: (everySeconds, read) => new Section({ read, everySeconds, now }),
  };
  return { ...platformSections(sources), ...otherSections(sources) };
}

/** Where parts come from, and how they are made. */
interface Sources {
  readonly session: Session;
  readonly ledger: () => Promise<readonly LedgerEntry[]>;
  /** The session with what the files say now. */
  readonly files: () => Promise<Session>;
  /** A part that DigitalOcean tells. */
  readonly remembered: <T>(calls: readonly EndpointName[], read: () => Promise<T>) => Section<T>;
  /** Any other one. */
  readonly asked: <T>(everySeconds: number, read: () => Promise<T>) => Section<T>;
}

type PlatformPart = "running" | "instances" | "databases" | "uptime" | "alerts" | "charts";

/** What DigitalOcean tells. */
function platformSections({
  session,
  ledger,
  files,
  remembered,
}: Sources): Pick<Sections, PlatformPart> {
  const { clients, environment } = session;
  const charts = new ChartReader(session);
  return {
    running: remembered(callsOf.running, async () => {
      const [{ environment: released }, app] = await Promise.all([files(), runningApp(session)]);
      return runningStatus(released, app, await part(ledger));
    }),
    instances: remembered(callsOf.instances, async () =>
      instanceStatuses(clients.digitalOcean(), environment.config, await runningApp(session)),
    ),
    databases: remembered(callsOf.databases, () => readDatabases(session)),
    uptime: remembered(callsOf.uptime, () => readUptime(session)),
    alerts: remembered(["listInsightsAlertInstances", "getUptimeState"], async () =>
      alertsOf(session, await readUptime(session)),
    ),
    charts: remembered(["queryInsightsRange"], () => charts.read()),
  };
}

/** What services, the history and the files tell. */
function otherSections({ session, ledger, files, asked }: Sources): Omit<Sections, PlatformPart> {
  const { config } = session.environment;
  const internet = session.clients.internet();
  const maintained = () =>
    runningApp(session).then(
      isMaintained,
      // Whatever the platform shows, it is not known to be the maintenance page.
      () => false,
    );
  return {
    endpoints: asked(ofServices, async () =>
      endpointStatuses(internet, config, await maintained()),
    ),
    serviceLevels: asked(ofServices, async () =>
      serviceLevelStatuses(internet, config, await maintained()),
    ),
    releases: asked(ofHistory, async () => shownOf(await ledger())),
    cost: asked(ofFiles, async () => costOf((await files()).environment.config)),
  };
}

async function readDatabases({ clients, environment: { config } }: Session) {
  const { postgres, valkey } = await ownClusters(clients.digitalOcean(), config);
  return databaseStatuses(config, {
    postgres: postgres && { cluster: postgres },
    valkey: valkey && { cluster: valkey },
  });
}

async function readUptime(session: Session): Promise<UptimeStatus[]> {
  const api = session.clients.digitalOcean();
  const { config } = session.environment;
  const checks = await ownChecks(api, config);
  const isOff = isMaintained(await runningApp(session));
  return uptimeStatuses(
    api,
    config,
    checks.map((check) => ({ check })),
    isOff,
  );
}

/** The last releases, newest first. */
function shownOf(entries: readonly LedgerEntry[]): ReleaseView[] {
  return entries
    .slice(-shownReleases)
    .toReversed()
    .map(({ id, kind, who, result, begun, ended, reason }) => ({
      id,
      kind,
      who,
      result,
      begun,
      ended,
      reason,
    }));
}
