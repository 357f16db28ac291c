import { hostname } from "node:os";

import { messageOf } from "@mam-infra/clients/message";
import { isRunning } from "../context/holder.ts";
import { NotConfigured } from "../context/credentials.ts";
import { type Session, finishing } from "../context/session.ts";
import { type Access, readAccesses, recordAccess, staleAccesses } from "../ledger/accesses.ts";
import { entryId, whoOf } from "../ledger/author.ts";
import { ledgerOf } from "../ledger/place.ts";

/** What a person asks for. */
export interface Asked {
  /** Minutes after which the session ends. */
  readonly minutes: number;
  /** Why. */
  readonly reason: string;
}

/** Minutes of a session for which none are named. */
export const defaultMinutes = 30;

/** Longest session, in minutes: half a working day. */
export const mostMinutes = 240;

/** Reads the options of a session. @throws NotConfigured for what cannot be. */
export function askedOf(options: { readonly minutes: string; readonly reason?: string }): Asked {
  const minutes = Number(options.minutes);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > mostMinutes) {
    throw new NotConfigured(
      `--minutes ${options.minutes}: expected a whole number, 1 to ${mostMinutes}`,
    );
  }
  const reason = options.reason?.trim() ?? "";
  if (reason === "") {
    throw new NotConfigured(
      'a session is recorded with its reason\n  fix: say it with --reason "ticket 4711: job that hangs"',
    );
  }
  return { minutes, reason };
}

/** Makes the entry of a session that begins now. */
export function newAccess(
  session: Session,
  { minutes, reason }: Asked,
  what: Pick<Access, "kind" | "may" | "where">,
): Access {
  const begun = new Date();
  return {
    id: entryId(begun),
    who: whoOf(session),
    reason,
    process: { host: hostname(), pid: process.pid },
    begun: begun.toISOString(),
    until: new Date(begun.getTime() + minutes * 60_000).toISOString(),
    result: "open",
    ...what,
  };
}

/** How a session ended. */
export type Ending = Pick<Access, "result" | "exitCode">;

/**
 * Records how a session ended.
 *
 * @returns what is wrong where it could not be recorded: it is over either way.
 */
export async function recordEnding(
  session: Session,
  access: Access,
  ending: Ending,
): Promise<string[]> {
  try {
    const ended = { ...access, ...ending, ended: new Date().toISOString() };
    await recordAccess(ledgerOf(finishing(session)), ended);
    return [];
  } catch (error) {
    return [`the history does not say how session ${access.id} ended: ${messageOf(error)}`];
  }
}

/** Sessions that are open by the history, and whose process is gone. */
export async function deadSessions(session: Session): Promise<readonly Access[]> {
  const here = { now: new Date(), host: hostname(), isRunning };
  return staleAccesses(await readAccesses(ledgerOf(session)), here);
}
