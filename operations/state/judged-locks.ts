import { hostname } from "node:os";

import { ageOf, minuteOf } from "../context/age.ts";
import { isStill, processSpace } from "../context/holder.ts";
import type { Session } from "../context/session.ts";
import { ledgerOf } from "../ledger/place.ts";
import {
  type Life,
  type TakenLock,
  lifeOf,
  outlivingMinutes,
  readTakenLocks,
} from "../ledger/taken-locks.ts";
import { historyName } from "../state-place/hcp-backend.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { hcpBackendOf } from "../state-place/workspaces.ts";
import { type HeldLock, heldLocks, nameOf } from "../platform/held-locks.ts";

/** A lock that is held, and what the history knows of whoever took it. */
export interface JudgedLock {
  readonly held: HeldLock;
  /** Undefined where it is no release's of `mam`, or the history does not know it. */
  readonly taken: TakenLock | undefined;
  /** `unknown` where nothing is known: a person has to. */
  readonly life: Life | "unknown";
}

/** The locks of an environment's states, each with what is known of its holder. The history is read only where one is held. */
export async function judgedLocks(session: Session): Promise<JudgedLock[]> {
  const locks = await heldLocks(session);
  if (locks.length === 0) return [];
  // A workspace's lock has the same name whoever holds it: a run that the history knows may not be the one.
  const known = hcpBackendOf(session) ? [] : await readTakenLocks(ledgerOf(session));
  const here = { now: new Date(), host: hostname(), space: processSpace(), isStill };
  return locks.map((held) => {
    const taken = known.find(({ lock, stack }) => lock === held.lock?.ID && stack === held.stack);
    return { held, taken, life: taken ? lifeOf(taken, here) : "unknown" };
  });
}

/** The lock of the history's workspace, where it has one: `mam` holds it for the moment of a write. */
export async function historyLock(session: Session): Promise<readonly JudgedLock[]> {
  if (!hcpBackendOf(session)) return [];
  const { name } = session.environment.config;
  const held = await statePlaceOf(session).lockOf(historyName(name));
  return held ? [{ held, taken: undefined, life: "unknown" }] : [];
}

/** A lock and its holder, in a sentence without a full stop. */
export function describeJudged({ held, taken, life }: JudgedLock, now = new Date()): string {
  const what = `the lock of ${held.stack}`;
  if (!taken) return `${what} is of no run that the history knows`;
  const { release, host, command, heartbeat } = taken;
  const heard = `last heard of ${ageOf(new Date(heartbeat), now)} ago`;
  const whose = `${what} is of release ${release} (process ${command.pid} on ${host}, ${heard})`;
  if (life === "dead") return `${whose}, whose run is dead`;
  if (life === "alive") return `${whose}, which goes on`;
  return `${whose}; its Terraform may go on there until ${minuteOf(endOf(taken).toISOString())}`;
}

/** What to do about a lock. */
export function adviceOn(environment: string, { held, life }: JudgedLock): string {
  const byName = `mam state unlock ${environment} ${nameOf(held)}`;
  const advice = {
    alive: "wait for it",
    dead: `mam state unlock ${environment}`,
    silent: `look there; once nothing of it runs: ${byName}`,
    unknown: `if its run is dead: ${byName}`,
  };
  return advice[life];
}

/** When a Terraform has ended for certain that outlived its command. */
const endOf = ({ heartbeat }: TakenLock) =>
  new Date(Date.parse(heartbeat) + outlivingMinutes * 60_000);
