import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { afterFailedRelease } from "../deploy/take-back.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { blameOf } from "../ledger/settings.ts";

/** @throws NotConfigured when no image is to blame for what failed last: a rollback changes images, and nothing else. */
export async function unlessInVain(
  session: Session,
  entries: readonly LedgerEntry[],
): Promise<void> {
  const left = entries.at(-1);
  const blame = left?.result === "failed" ? blameOf(entries, left) : undefined;
  if (!left || !blame || blame.images) return;
  const { name } = session.environment.config;
  const older = `Older images all the same: mam rollback ${name} <release>, of mam rollback ${name} --list`;
  throw new NotConfigured(
    `Release ${left.id} failed. ${await afterFailedRelease(session, blame)}${older}`,
  );
}
