import { randomUUID } from "node:crypto";

import { secondsOf } from "../../durations.ts";
import { createRecord, deleteRecord } from "../domains/domain.ts";
import type { DnsRecord, Domain } from "../domains/model.ts";
import { scheduleAfter } from "../schedule.ts";
import type { Store } from "../store.ts";
import type { App, AppDomain } from "./model.ts";

/**
 * Addresses of App Platform's ingress for the apex of a zone, which cannot have a CNAME. Source:
 * github.com/digitalocean-labs/do-app-platform-skills, skills/networking/reference.
 */
const apexAddresses = ["162.159.140.98", "172.66.0.96"];

/** Authorities that sign the certificates. Source: the same. */
const authorities = ["letsencrypt.org", "pki.goog"];

const retrySeconds = 60;
const certificateDays = 90;

const ingressHost = (app: App) => new URL(app.default_ingress).host;

interface Look {
  readonly store: Store;
  readonly app: App;
  readonly domain: AppDomain;
}

const zoneOf = ({ store, domain }: Look): Domain | undefined =>
  store.domains.find(({ name }) => name === domain.spec.zone);

const nameIn = (zone: Domain, host: string) =>
  host === zone.name ? "@" : host.replace(`.${zone.name}`, "");

function recordsOf(zone: Domain, host: string): DnsRecord[] {
  const name = nameIn(zone, host);
  return zone.records.filter(
    (record) => record.name === name && ["A", "AAAA", "CNAME"].includes(record.type),
  );
}

const isOurs = (record: DnsRecord, app: App) =>
  record.type === "CNAME" ? record.data === ingressHost(app) : apexAddresses.includes(record.data);

type Outcome = "done" | "wait" | { readonly error: string };

interface Step {
  readonly name: string;
  readonly look: (look: Look) => Outcome;
  /** Virtual seconds that the step takes before it is looked at. */
  readonly seconds: number;
}

function ensureRecord(look: Look): Outcome {
  const { store, app, domain } = look;
  const zone = zoneOf(look);
  if (!zone) return "done";
  const host = domain.spec.domain;
  const present = recordsOf(zone, host);
  if (present.some((record) => !isOurs(record, app))) {
    return { error: `zone ${zone.name} has another record for ${host}` };
  }
  if (present.length > 0) return "done";
  const name = nameIn(zone, host);
  if (name === "@") {
    for (const data of apexAddresses) createRecord(store, zone, { type: "A", name, data });
  } else {
    createRecord(store, zone, { type: "CNAME", name, data: `${ingressHost(app)}.` });
  }
  return "done";
}

function verifyCname(look: Look): Outcome {
  const { store, app, domain } = look;
  const zone = zoneOf(look);
  if (zone) return recordsOf(zone, domain.spec.domain).length > 0 ? "done" : "wait";
  return store.externalRecords[domain.spec.domain] === ingressHost(app) ? "done" : "wait";
}

function ensureAuthorization(look: Look): Outcome {
  const rules = zoneOf(look)?.records.filter(({ type, tag }) => type === "CAA" && tag === "issue");
  if (!rules || rules.length === 0) return "done";
  return authorities.every((authority) => rules.some(({ data }) => data === authority))
    ? "done"
    : { error: `CAA records must allow ${authorities.join(" and ")}` };
}

/**
 * What makes a domain live, in order. The names are those of the steps in DigitalOcean API description,
 * `apps/responses/examples.yml`.
 */
const steps: readonly Step[] = [
  {
    name: "default-ingress-ready",
    look: ({ app }) => (app.active_deployment === undefined ? "wait" : "done"),
    seconds: 1,
  },
  {
    name: "ensure-zone",
    look: (look) =>
      look.domain.spec.zone === undefined || zoneOf(look)
        ? "done"
        : { error: `zone ${look.domain.spec.zone} is not managed by this account` },
    seconds: 0,
  },
  { name: "ensure-record", look: ensureRecord, seconds: 0 },
  { name: "verify-cname", look: verifyCname, seconds: secondsOf("domain-configure") },
  { name: "ensure-CA-authorization", look: ensureAuthorization, seconds: 0 },
  { name: "ensure-certificate", look: () => "done", seconds: secondsOf("domain-certificate") },
];

const newProgress = () => steps.map(({ name }) => ({ name, status: "PENDING" as const }));

function comeBack({ store, app, domain }: Look, seconds: number, at: Date): void {
  const event = { kind: "domain-advances", app: app.id, domain: domain.id } as const;
  scheduleAfter(store.schedule, at, seconds, event);
}

function stepDone(look: Look, index: number, at: Date): void {
  const { domain } = look;
  const shown = domain.progress[index];
  if (shown) {
    Object.assign(shown, { status: "SUCCESS", ended_at: at.toISOString() });
    delete shown.reason;
  }
  const next = steps[index + 1];
  domain.phase = next ? "CONFIGURING" : "ACTIVE";
  if (next) comeBack(look, next.seconds, at);
  else domain.certificate_expires_at = expiry(at);
}

function stepNotDone(look: Look, index: number, error: string | undefined, at: Date): void {
  const { domain } = look;
  const shown = domain.progress[index];
  if (error === undefined) domain.phase = index === 0 ? "PENDING" : "CONFIGURING";
  else domain.phase = "ERROR";
  if (shown) {
    shown.status = error === undefined ? "RUNNING" : "ERROR";
    if (error !== undefined) shown.reason = { code: "DomainConfigurationFailed", message: error };
  }
  comeBack(look, retrySeconds, at);
}

/** Plays the next steps of a domain; one that cannot be done yet, or not at all, is tried again every minute. */
export function advanceDomain(
  store: Store,
  event: { readonly app: string; readonly domain: string },
  at: Date,
): void {
  const app = store.apps.find(({ id }) => id === event.app);
  const domain = app?.domains.find(({ id }) => id === event.domain);
  if (!app || !domain) return;
  const look = { store, app, domain };
  const index = domain.progress.findIndex(({ status }) => status !== "SUCCESS");
  const outcome = steps[index]?.look(look);
  if (outcome === undefined) return;
  if (outcome === "done") stepDone(look, index, at);
  else stepNotDone(look, index, outcome === "wait" ? undefined : outcome.error, at);
}

const expiry = (at: Date) => new Date(at.getTime() + certificateDays * 86_400_000).toISOString();

/** Takes the platform's own records of a host out of its zone. */
function removeRecords(look: Look): void {
  const zone = zoneOf(look);
  if (!zone) return;
  recordsOf(zone, look.domain.spec.domain)
    .filter((record) => isOurs(record, look.app))
    .forEach((record) => {
      deleteRecord(zone, record);
    });
}

/** Brings an app's domains in line with its specification: new ones begin to be configured, others lose their records. */
export function syncDomains(store: Store, app: App, at: Date): void {
  const wanted = app.spec.domains ?? [];
  const same = (domain: AppDomain) =>
    wanted.some((spec) => spec.domain === domain.spec.domain && spec.zone === domain.spec.zone);
  app.domains
    .filter((domain) => !same(domain))
    .forEach((domain) => {
      removeRecords({ store, app, domain });
    });
  app.domains = wanted.map((spec) => {
    const known = app.domains.find((one) => one.spec.domain === spec.domain && same(one));
    if (known) return { ...known, spec };
    const domain = { id: randomUUID(), spec, phase: "PENDING" as const, progress: newProgress() };
    comeBack({ store, app, domain }, steps[0]?.seconds ?? 0, at);
    return domain;
  });
}

/** Removes what an app that is deleted left in the account's zones. */
export function removeDomains(store: Store, app: App): void {
  app.domains.forEach((domain) => {
    removeRecords({ store, app, domain });
  });
}
