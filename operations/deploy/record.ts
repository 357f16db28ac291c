import { hostname } from "node:os";

import type { Environment } from "../../environments/loading/load.ts";
import type { Analysis } from "../analysis/signal.ts";
import type { Finding } from "../context/finding.ts";
import { messageOf } from "@mam-infra/clients/message";
import { isRunning } from "../context/holder.ts";
import { type Session, finishing } from "../context/session.ts";
import { commitOf, entryId, whoOf } from "../ledger/author.ts";
import type { LedgerEntry, Verified } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import { readHistory, recordEntry } from "../ledger/ledger.ts";
import { ledgerOf } from "../ledger/place.ts";
import { settingsOf } from "../ledger/settings.ts";
import { staleEntries } from "../ledger/stale.ts";
import type { LedgerStore } from "../ledger/store.ts";
import { fileStamp } from "../older-files/stamp.ts";
import type { Passwords } from "../verify/passwords.ts";
import type { Deployment, Knowing } from "./deployment.ts";
import type { DeploymentEnd } from "./end.ts";
import { outcomesBefore, recordedStacks } from "./outcomes.ts";

/** The ledger as it is now. Entries of runs that were killed are closed first, so that none says `running` for ever. */
export async function currentHistory(store: LedgerStore): Promise<History> {
  const history = await readHistory(store);
  const here = { now: new Date(), host: hostname(), isRunning };
  const stale = staleEntries(history.entries, here);
  for (const entry of stale) await recordEntry(store, entry);
  return stale.length > 0 ? readHistory(store) : history;
}

/** What a release is known by before anything of it is done. */
export type NewEntry = Pick<LedgerEntry, "kind" | "stacks" | "overrides" | "findings">;

/** Makes the entry of a release that begins now. It is recorded before anything is changed. */
export async function newEntry(session: Session, what: NewEntry): Promise<LedgerEntry> {
  const begun = new Date();
  const commit = await commitOf(session);
  return {
    id: entryId(begun),
    who: whoOf(session),
    process: { host: hostname(), pid: process.pid },
    ...(commit === undefined ? {} : { commit }),
    begun: begun.toISOString(),
    images: session.environment.release.images,
    // The platform's own rollback deploys neither the files nor the settings.
    ...(what.kind === "emergency rollback" ? {} : deployedBy(session.environment)),
    result: "running",
    ...what,
  };
}

/** What tells the files, and the settings in them, from others. */
function deployedBy(environment: Environment): Pick<LedgerEntry, "files" | "settings"> {
  return { files: fileStamp(environment), settings: settingsOf(environment) };
}

/** What became of a release, as far as the ledger remembers it. */
export interface Ending {
  readonly result: LedgerEntry["result"];
  readonly reason?: string;
  readonly deployment?: string;
  readonly passwords?: Passwords;
  readonly verified?: Verified;
  readonly analysis?: Analysis;
  readonly findings: readonly Finding[];
}

/** An entry with what became of its release. */
export function endedEntry(
  entry: LedgerEntry,
  { result, reason, deployment, passwords, verified, analysis, findings }: Ending,
): LedgerEntry {
  return {
    ...entry,
    ended: new Date().toISOString(),
    result,
    findings: [...findings],
    ...(reason === undefined ? {} : { reason }),
    ...(deployment === undefined ? {} : { deployment }),
    ...(passwords === undefined ? {} : { passwords }),
    ...(verified === undefined ? {} : { verified }),
    ...(analysis === undefined ? {} : { analysis }),
  };
}

/**
 * Records what became of a release. Says in a line what is wrong instead of throwing: what was done has to be told
 * either way.
 */
export async function recordOrSay(session: Session, entry: LedgerEntry): Promise<string> {
  try {
    await recordEntry(ledgerOf(finishing(session)), entry);
    return "";
  } catch (error) {
    return `The ledger does not say what became of release ${entry.id}: ${messageOf(error)}\n`;
  }
}

/** Records that a deployment begins, before anything is changed. */
export async function recordBegin(
  deployment: Knowing<"stacks" | "planned" | "reasons" | "machineStack">,
): Promise<Pick<Deployment, "entry" | "outcomes">> {
  const { session, options, progress, store } = deployment;
  const outcomes = outcomesBefore(deployment);
  const entry = await newEntry(session, {
    kind: options.kind,
    overrides: [...options.overrides],
    stacks: recordedStacks({ ...deployment, outcomes }),
    findings: [],
  });
  await progress.step(`recording release ${entry.id}`, () => recordEntry(store, entry));
  return { entry, outcomes };
}

/** A deployment that is over, and recorded as far as that was possible. */
export interface Recorded extends Deployment {
  readonly end: DeploymentEnd;
  /** A line about an entry that could not be recorded. */
  readonly lost: string;
}

/** Records what a deployment came to. */
export async function recordEnd(deployment: Deployment): Promise<Recorded> {
  const { session, stacks, narrowed, running, end } = deployment;
  if (!end) throw new Error("the deployment has not come to an end");
  const { files } = deployment.entry;
  const last = narrowed ? { ...stacks, storage: narrowed } : stacks;
  const entry = endedEntry(
    {
      ...deployment.entry,
      stacks: recordedStacks({ ...deployment, stacks: last }),
      ...(files && end.sealedFile !== undefined ? { files: { ...files, sealed: true } } : {}),
    },
    { ...end, ...(running === undefined ? {} : { deployment: running }) },
  );
  return { ...deployment, end, entry, lost: await recordOrSay(session, entry) };
}
