import type { Confirm } from "../context/confirm.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { nameOf } from "../platform/held-locks.ts";
import { releaseDeadLocks, releaseLock } from "./dead-locks.ts";
import { adviceOn, describeJudged, historyLock, judgedLocks } from "./judged-locks.ts";

/** What `mam state unlock` is asked for. */
export interface UnlockOptions {
  /** Id of a lock; without it those of dead runs are given back. */
  readonly operands: readonly string[];
  readonly confirm: Confirm;
}

/**
 * `mam state unlock`: gives back the locks of runs that are dead by the history, or one that a person names. A lock that
 * says nothing of itself is named by its stack.
 *
 * @throws NotConfigured for a lock that nobody holds, and for one whose run goes on.
 */
export async function unlockState(
  session: Session,
  { operands: [wanted], confirm }: UnlockOptions,
  progress: Progress,
): Promise<Outcome> {
  if (wanted !== undefined) return unlockNamed(session, wanted, progress);
  const { name } = session.environment.config;
  const unlocked = await releaseDeadLocks(session, confirm, progress);
  const left = await judgedLocks(session);
  const lines = [
    ...unlocked.map((stack) => `the state of ${stack} is free`),
    ...left.map((one) => `${describeJudged(one)}: ${adviceOn(name, one)}`),
    ...(unlocked.length + left.length === 0 ? [`No state of ${name} is locked.`] : []),
    ...(unlocked.length > 0 ? [`Go on: mam doctor ${name}`] : []),
  ];
  const ok = left.length === 0;
  return { ok, data: { environment: name, unlocked }, text: `${lines.join("\n")}\n` };
}

async function unlockNamed(session: Session, wanted: string, progress: Progress): Promise<Outcome> {
  const { name } = session.environment.config;
  const one = [...(await judgedLocks(session)), ...(await historyLock(session))].find(
    ({ held }) => nameOf(held) === wanted,
  );
  if (!one) {
    throw new NotConfigured(
      `Nobody holds the lock ${wanted} on a state of ${name}. Nothing was changed.\n  fix: mam doctor ${name}`,
    );
  }
  if (one.life === "alive") {
    throw new NotConfigured(
      `${describeJudged(one)}. Nothing was changed.\n  fix: ${adviceOn(name, one)}`,
    );
  }
  await releaseLock(session, one, progress);
  const text = `the state of ${one.held.stack} is free\nGo on: mam doctor ${name}\n`;
  return { ok: true, data: { environment: name, unlocked: [one.held.stack] }, text };
}
