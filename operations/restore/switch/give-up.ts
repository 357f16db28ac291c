import type { Outcome } from "../../context/outcome.ts";
import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { distrust } from "../../access/trusted-sources.ts";
import { ledgerOf } from "../../ledger/place.ts";
import { type Restore, openSwitch, readRestores } from "../../ledger/restores.ts";
import { clusterNamed, removeCluster } from "../cluster/make.ts";
import { leaveRunning } from "../cluster/prove.ts";
import { recordEnd } from "../cluster/record.ts";
import { RestoreRefused } from "../refused.ts";

/**
 * Gives a move up, and removes the cluster that was made for it; one that stood before stays. Once the files say the new
 * cluster there is only the way forward, and then back.
 *
 * @throws RestoreRefused when none goes on, or it went too far.
 */
export async function giveUp(session: Session, progress: Progress): Promise<Outcome> {
  const { name } = session.environment.config;
  const open = openSwitch(await readRestores(ledgerOf(session)));
  if (!open) throw new RestoreRefused(`no move of ${name} goes on`);
  if (open.done.includes("proof"))
    throw new RestoreRefused(
      `the move to ${open.cluster.name} went too far to be given up: its files or its state may say the new cluster.\n  fix: end it, with mam restore ${name} database --switch --to ${open.to}, and then go back: mam restore ${name} database --switch --to ${open.source.name}`,
    );
  await progress.step(`giving up ${open.cluster.name}`, () => undo(session, open));
  const text = `The move is given up. ${open.source.name} runs as before.\n`;
  return { ok: true, data: { environment: name, cluster: open.cluster }, text };
}

async function undo(session: Session, open: Restore): Promise<void> {
  await leaveRunning(session, open);
  if (open.point.kind === "cluster") await leaveTarget(session, open);
  else await removeCluster(session, open);
  await recordEnd(session, open, "given up");
}

async function leaveTarget(session: Session, { cluster, address }: Restore): Promise<void> {
  const found = await clusterNamed(session, cluster.name);
  if (found) await distrust(session.clients.digitalOcean(), found.id, [address]);
}
