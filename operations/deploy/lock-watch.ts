import { hostname } from "node:os";

import { messageOf } from "@mam-infra/clients/message";
import { processNow, processSpace } from "../context/holder.ts";
import { runningIn } from "../context/run-folder.ts";
import { type Session, finishing } from "../context/session.ts";
import { ledgerOf } from "../ledger/place.ts";
import {
  type TakenLock,
  forgetTakenLock,
  heartbeatSeconds,
  recordTakenLock,
} from "../ledger/taken-locks.ts";
import { statePlaceOf } from "../state-place/place-of.ts";
import { hcpBackendOf } from "../state-place/workspaces.ts";
import type { StackFolder } from "../terraform/synthesis.ts";

/** Remembers the lock of a Terraform while it runs. */
export interface LockWatch {
  /** Is told that Terraform has its lock: it is the one that stands then. */
  readonly taken: () => void;
  /** Is told that Terraform has ended. */
  readonly end: () => Promise<void>;
}

/**
 * Writes into the history whose lock a state has, again and again while it is held: whoever meets it later can tell a
 * dead run from one that goes on. A history that cannot be written is said, and stops nothing.
 *
 * @param release id of the release whose Terraform it is.
 */
export function watchLock(
  session: Session,
  release: string,
  stack: StackFolder,
  tell: (progress: string) => void,
): LockWatch {
  // A lock of HCP Terraform has the same name whoever holds it, so that nobody could tell this one later.
  if (hcpBackendOf(session)) return { taken: () => undefined, end: () => Promise.resolve() };
  // After an interruption Terraform goes on to its end, and so does this.
  const lasting = finishing(session);
  const store = ledgerOf(lasting);
  let lock: TakenLock | undefined;
  let timer: NodeJS.Timeout | undefined;
  let going = Promise.resolve();
  const next = (action: () => Promise<void>) => {
    going = going.then(action).catch((error: unknown) => {
      tell(`the history does not say who holds the lock of ${stack.name}: ${messageOf(error)}`);
    });
  };
  const beat = () => {
    next(async () => {
      lock ??= await takenLock(lasting, release, stack);
      if (lock) await recordTakenLock(store, { ...lock, heartbeat: new Date().toISOString() });
    });
  };
  return {
    taken: () => {
      if (timer) return;
      timer = setInterval(beat, heartbeatSeconds * 1000).unref();
      beat();
    },
    end: async () => {
      clearInterval(timer);
      next(async () => {
        if (!lock) return;
        const left = await statePlaceOf(lasting).lockOf(stack.name);
        if (left?.lock?.ID !== lock.lock) await forgetTakenLock(store, lock.lock);
        else await recordTakenLock(store, { ...lock, over: true });
      });
      await going;
    },
  };
}

/** The lock that stands, as this process's. */
async function takenLock(
  session: Session,
  release: string,
  { name: stack, directory }: StackFolder,
): Promise<TakenLock | undefined> {
  const held = await statePlaceOf(session).lockOf(stack);
  if (!held?.lock) return undefined;
  // Asked for after the lock was read: while it runs, the lock that stands is its own.
  const [terraform] = runningIn(directory);
  if (!terraform) return undefined;
  const space = processSpace();
  return {
    stack,
    lock: held.lock.ID,
    release,
    host: hostname(),
    ...(space === undefined ? {} : { space }),
    command: processNow(process.pid),
    terraform: processNow(terraform.pid),
    heartbeat: new Date().toISOString(),
  };
}
