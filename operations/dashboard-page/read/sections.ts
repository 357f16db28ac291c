import type { EndpointName } from "@mam-infra/clients/digitalocean/endpoints";

import type { Session } from "../../context/session.ts";
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
import { firingChecks, firingRules, unseenAlerts } from "./alerts.ts";
import { ChartReader } from "./charts.ts";
import { costOf } from "./cost.ts";
import { Section } from "./section.ts";

/** Every part of the page. */
export type Sections = { readonly [Name in keyof SectionValues]: Section<SectionValues[Name]> };

/** Releases that are shown. */
const shownReleases = 8;

/** Seconds between two reads of what the sparing client remembers: a read then costs nothing. */
const fromMemory = 2;

/** Seconds between two reads of what services answer themselves; they let an address ask 60 times a minute. */
const ofServices = 10;

/** Seconds between two reads of the history of releases, which lies in Spaces, and of the environment's files. */
const ofHistory = 30;

/**
 * Makes every part of the page; nothing is asked before the first refresh.
 *
 * @param now milliseconds of a clock that only goes forward; default: this machine's.
 */
export function makeSections(
  { session, asOf }: SparedSession,
  now: () => number = () => performance.now(),
): Sections {
  const { clients, environment } = session;
  const { config } = environment;
  const charts = new ChartReader(session);
  const remembered = <T>(calls: readonly EndpointName[], read: () => Promise<T>) =>
    new Section({ read, everySeconds: fromMemory, now, asOf: () => asOf(calls) });
  const asked = <T>(everySeconds: number, read: () => Promise<T>) =>
    new Section({ read, everySeconds, now });
  const maintained = async () => isMaintained(await runningApp(session));
  return {
    running: remembered(callsOf.running, () => readRunning(session)),
    instances: remembered(callsOf.instances, async () =>
      instanceStatuses(clients.digitalOcean(), config, await runningApp(session)),
    ),
    databases: remembered(callsOf.databases, () => readDatabases(session)),
    uptime: remembered(callsOf.uptime, () => readUptime(session)),
    alerts: remembered(["listInsightsAlertInstances", "getUptimeState"], async () => ({
      firing: [
        ...(await firingRules(session)),
        ...firingChecks(session, await readUptime(session)),
      ],
      unseen: unseenAlerts(config),
    })),
    charts: remembered(["queryInsightsRange"], () => charts.read()),
    endpoints: asked(ofServices, async () =>
      endpointStatuses(clients.internet(), config, await maintained()),
    ),
    serviceLevels: asked(ofServices, async () =>
      serviceLevelStatuses(clients.internet(), config, await maintained()),
    ),
    releases: asked(ofHistory, () => readReleases(session)),
    cost: asked(ofHistory, () => Promise.resolve(costOf(reloaded(session).environment.config))),
  };
}

/** What runs, beside what the files say now: a release is made in another window. */
async function readRunning(session: Session) {
  const { environment } = reloaded(session);
  const ledger = await part(() => readLedger(ledgerOf(session)));
  return runningStatus(environment, await runningApp(session), ledger);
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
  const checks = await ownChecks(api, session.environment.config);
  const isOff = isMaintained(await runningApp(session));
  return uptimeStatuses(
    api,
    checks.map((check) => ({ check })),
    isOff,
  );
}

async function readReleases(session: Session): Promise<ReleaseView[]> {
  const entries = await readLedger(ledgerOf(session));
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
