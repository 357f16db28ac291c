import { messageOf } from "@mam-infra/clients/message";

import { publicAddress } from "../../access/address.ts";
import { ageOf } from "../../context/age.ts";
import type { Outcome } from "../../context/outcome.ts";
import { platformNow } from "../../context/platform-time.ts";
import type { Progress } from "../../context/progress.ts";
import { type Session, finishing } from "../../context/session.ts";
import { ledgerOf } from "../../ledger/place.ts";
import { type Restore, type RestorePoint, recordRestore } from "../../ledger/restores.ts";
import type { Proof } from "../database/comparison.ts";
import { problemsOf, proofLines } from "../database/outcome.ts";
import { type Cluster, makeCluster, removeCluster } from "./make.ts";
import { leaveRunning, proveCluster } from "./prove.ts";
import { newRestore, recordEnd, removeDead, runningCluster } from "./record.ts";
import { recoveryWindow, refuseOutside } from "./window.ts";

/** What is proved. */
export interface AskedMoment {
  /** As a person typed it. */
  readonly to: string;
  readonly point: Extract<RestorePoint, { readonly kind: "time" }>;
  /** This machine's address on the internet; found out without it. */
  readonly address?: string | undefined;
}

/**
 * Proves DigitalOcean's own point-in-time recovery: a fork of the cluster beside what runs, compared, and removed again
 * however the command ends. What a killed command leaves, the next one removes. Not ok where something of it is left.
 *
 * @throws RestoreRefused when the moment is outside of what can be recovered, or the fork is refused.
 */
export async function proveMoment(
  session: Session,
  { to, point, address: given }: AskedMoment,
  progress: Progress,
): Promise<Outcome> {
  const started = platformNow(session.endpoints);
  const address = await publicAddress(session, given);
  await removeDead(session);
  const source = await runningCluster(session);
  const window = await recoveryWindow(session.clients.digitalOcean(), source, started);
  if (point.at !== undefined) refuseOutside(point.at, window);
  const restore = newRestore(session, { kind: "proof", to, point, address, source });
  // Before it is made, so that whoever comes after a kill finds it.
  await recordRestore(ledgerOf(session), restore);
  let result: Restore["result"] = "failed";
  let proofs: readonly Proof[];
  let isRemoved: boolean;
  try {
    proofs = await proofsOf(session, restore, source, progress);
    result = problemsOf(proofs).length === 0 ? "proved" : "not proved";
  } finally {
    isRemoved = await progress.step(`removing ${restore.cluster.name}`, () =>
      remove(finishing(session), restore, result),
    );
  }
  return outcomeOf(session, { restore, proofs, started, isRemoved });
}

async function proofsOf(
  session: Session,
  restore: Restore,
  source: Cluster,
  progress: Progress,
): Promise<readonly Proof[]> {
  const cluster = await progress.step(`forking ${source.name} beside what runs`, () =>
    makeCluster(session, restore, source, 1),
  );
  return progress.step("comparing it with what runs", () =>
    proveCluster(session, restore, cluster, source),
  );
}

/** Removes what was made; says what is left where that fails, also of a proof that failed itself. */
async function remove(
  session: Session,
  restore: Restore,
  result: Restore["result"],
): Promise<boolean> {
  try {
    await removeCluster(session, restore);
    await leaveRunning(session, restore);
    await recordEnd(session, restore, result);
    return true;
  } catch (error) {
    const { name } = session.environment.config;
    session.output.tell(
      `${restore.cluster.name} is not removed, and is paid for: ${messageOf(error)}\n  fix: the next proof removes it: mam restore ${name} database --to now --prove\n`,
    );
    return false;
  }
}

/** What a proof came to. */
interface Ended {
  readonly restore: Restore;
  readonly proofs: readonly Proof[];
  readonly started: Date;
  /** Whether nothing of it is left. */
  readonly isRemoved: boolean;
}

function outcomeOf({ endpoints }: Session, ended: Ended): Outcome {
  const { restore, proofs, started, isRemoved } = ended;
  const now = platformNow(endpoints);
  const seconds = Math.round((now.getTime() - started.getTime()) / 1000);
  const { point, begun, source } = restore;
  const at = (point.kind === "time" ? point.at : undefined) ?? begun;
  const problems = problemsOf(proofs);
  const isProved = problems.length === 0;
  const rest = isRemoved
    ? "all of it is removed again"
    : `${restore.cluster.name} is left, and is paid for`;
  return {
    ok: isProved && isRemoved,
    data: { recoveryPoint: at, seconds, cluster: restore.cluster.name, isRemoved, proofs },
    text: [
      `${source.name} as it was at ${at}, forked beside what runs:`,
      ...proofLines(proofs),
      `recovery point  ${at}, ${ageOf(new Date(at), now)} ago`,
      `time to restore ${seconds} s, comparing included; ${rest}`,
      isProved
        ? "The backup is proved."
        : `The backup is not proved: ${problems.length} differences.`,
      "",
    ].join("\n"),
  };
}
