import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { z } from "zod";

import { clusterName } from "../../constructs/naming.ts";
import type { account } from "@mam-infra/clients/digitalocean/account";
import type { databaseCluster } from "@mam-infra/clients/digitalocean/databases";
import type { domainRecord } from "@mam-infra/clients/digitalocean/network";
import type { Answer } from "@mam-infra/clients/digitalocean/endpoints";
import type { Session } from "../context/session.ts";
import { type Past, pastOf } from "../older-files/past.ts";
import { type RunningApp, everyApp, ownApp } from "../platform/running-app.ts";
import { everyPage } from "../platform/every-page.ts";
import { type LostState, lostStates } from "../state/lost.ts";
import { once } from "../context/once.ts";
import { type Machine, thisMachine } from "./machine.ts";
import type { WasabiCaller } from "./wasabi-rights.ts";

/**
 * What the doctor's checks are made with. What several checks look at is asked for once, and by the first that needs
 * it.
 */
export interface DoctorContext {
  readonly session: Session;
  readonly machine: Machine;
  readonly account: () => Promise<z.output<typeof account>>;
  /** Every app of the account. */
  readonly apps: () => Promise<readonly RunningApp[]>;
  /** The environment's app; undefined before its first deployment. */
  readonly app: () => Promise<RunningApp | undefined>;
  /** What ran before. */
  readonly past: Past;
  /** States that should stand, and do not. */
  readonly lostStates: () => Promise<readonly LostState[]>;
  /** Whether older images are deployed on purpose, as by `mam rollback`. */
  readonly goingBack: boolean;
  /** The environment's clusters that exist. */
  readonly clusters: () => Promise<readonly z.output<typeof databaseCluster>[]>;
  /** Records of the environment's zone; undefined when the account does not have it. */
  readonly records: () => Promise<readonly z.output<typeof domainRecord>[] | undefined>;
  readonly instanceSizes: () => Promise<Answer<"listInstanceSizes">>;
  /** Whose the Wasabi key is. */
  readonly wasabiCaller: () => Promise<WasabiCaller>;
  readonly databaseOptions: () => Promise<Answer<"getDatabaseOptions">>;
}

/** What is known before the doctor is asked. */
export interface DoctorSubject {
  /** What need not be asked for again. */
  readonly past?: Partial<Past>;
  readonly goingBack?: boolean;
}

/** Prepares a context; nothing is asked of a platform yet. */
export function doctorContext(
  session: Session,
  { past: known, goingBack = false }: DoctorSubject = {},
): DoctorContext {
  const { clients, environment } = session;
  const api = () => clients.digitalOcean();
  const apps = once(() => everyApp(session));
  const past = pastOf(session, { app: once(async () => ownApp(session, await apps())), ...known });
  return {
    session,
    past,
    goingBack,
    machine: thisMachine(session),
    account: once(async () => (await api().call("getAccount", {})).account),
    apps,
    app: past.app,
    lostStates: once(() => lostStates(session)),
    clusters: once(() => findClusters(session)),
    records: once(() => zoneRecords(session, environment.config.domain.zone)),
    instanceSizes: once(async () => api().call("listInstanceSizes", {})),
    wasabiCaller: once(() => findCaller(session)),
    databaseOptions: once(async () => api().call("getDatabaseOptions", {})),
  };
}

async function findClusters({ clients, environment }: Session) {
  const api = clients.digitalOcean();
  const clusters = await everyPage(
    (query) => api.call("listDatabases", {}, { query }),
    ({ databases }) => databases,
  );
  const names = (["postgres", "valkey"] as const).map((one) =>
    clusterName(environment.config, one),
  );
  return clusters.filter(({ name }) => names.includes(name));
}

async function findCaller({ clients }: Session): Promise<WasabiCaller> {
  const { Account = "", Arn = "" } = await clients
    .wasabiSts()
    .send(new GetCallerIdentityCommand({}));
  return { account: Account, arn: Arn };
}

/** Of a zone that the account has: its list, which the scopes are tried with, says so without another question. */
async function zoneRecords({ clients }: Session, domain: string) {
  const api = clients.digitalOcean();
  const zones = await everyPage(
    (query) => api.call("listDomains", {}, { query }),
    ({ domains }) => domains,
  );
  if (!zones.some(({ name }) => name === domain)) return undefined;
  return everyPage(
    (query) => api.call("listRecords", { domain }, { query }),
    ({ domain_records }) => domain_records,
  );
}
